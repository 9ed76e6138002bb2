import { FILE_VARIABLE } from './load.ts';
import { configSchema, SETTINGS } from './schema.ts';
import { type Setting, sectionsOf } from './settings.ts';

const EXAMPLE_HEAD = `# Every setting as an environment variable, with its default. Made by \`npm run config -- docs\`.
# Copy this file to .env, take the # away from what you change, and \`npm start\` reads it. What is set in the environment
# itself goes first; docs/configuration.md says more. ${FILE_VARIABLE} names another file than forgeling.yaml.
`;

const PAGE_HEAD = `# Configuration

Made by \`npm run config -- docs\` from \`src/config/schema.ts\`. Not to be edited.

Nothing has to be set but the token. Over what is by default goes a file, over the file the environment:

\`\`\`yaml
# forgeling.yaml, beside package.json; the variable ${FILE_VARIABLE} names another one
game:
  speed: 2
log:
  level: debug
\`\`\`

\`\`\`sh
GAME_SPEED=3 npm start     # whatever the file says
\`\`\`

A variable that is empty counts as not set, and so does a name in the file with nothing behind it. \`npm start\` also
reads variables from a file \`.env\` beside \`package.json\`; \`.env.example\` has all of them.

**A look at it.** \`npm run config -- check [FILE]\` says everything that is wrong, each with its line, and exits with 1
when something is; \`npm run config -- print\` shows what is in force and where each value comes from, without secrets.

**Changing it while the bot runs.** The bot watches the file. A change that can be used is taken as a whole, and the log
says what became different; what can't be used is refused as a whole, with line and reason in the log, and what was in
force stays. What is marked *at once* below counts from then on; of everything else the log says that it counts from the
next start on. A file that is empty or gone changes nothing until it is back: that is how a file looks while it is being
replaced. To go back to the defaults, leave a comment in it.

The folder of the content (\`data/content\`) is watched in the same way, with the checks of a start. Crafts and trips
that are under way keep what they were promised.

A change is seen within a tenth of a second, and within some seconds on a network drive or where a link leads to another
folder. In a container, mount the folder of the file and not the file itself: one that is replaced stays the old one there.
`;

/** Every setting with what it is for: `docs/configuration.md`. */
export function configurationPage(): string {
  const [loose, ...sections] = [{ name: '', description: '' }, ...sectionsOf(configSchema)].map(
    (section) => ({
      ...section,
      settings: SETTINGS.filter(({ path }) => path.slice(0, -1).join('.') === section.name),
    }),
  );
  const parts = sections
    .filter(({ settings }) => settings.length > 0)
    .map(({ name, description, settings }) => `## ${name}\n\n${description}\n\n${table(settings)}`);
  return [PAGE_HEAD, ...parts, `## In no section\n\n${table(loose?.settings ?? [])}`].join('\n');
}

/** Every setting as an environment variable: `.env.example`. */
export function environmentExample(): string {
  const parts = SETTINGS.map(({ variable, description, values, default: usual }) => {
    const value = typeof usual === 'string' || typeof usual === 'number' ? usual : '';
    return `# ${description} (${values})\n#${variable}=${value}\n`;
  });
  return [EXAMPLE_HEAD, ...parts].join('\n');
}

function table(settings: readonly Setting[]): string {
  const rows = settings.map((setting) => {
    const { path, variable, values, live, description } = setting;
    const counts = live ? 'at once' : 'next start';
    return [`\`${path.at(-1)}\``, `\`${variable}\``, values, usual(setting), counts, description];
  });
  const head = ['setting', 'variable', 'values', 'default', 'a change counts', 'what it is for'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

function usual({ default: value }: Setting): string {
  return value === undefined || value === '' ? '' : `\`${String(value)}\``;
}
