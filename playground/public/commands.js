const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;

/** Every command that can be run, with its subcommands spelled out: `/config announcements`. */
export function flatten(commands) {
  return commands
    .flatMap((command) => branches(command.name, command))
    .sort((left, right) => left.text.localeCompare(right.text));
}

function branches(text, { description, options = [] }) {
  const below = options.filter(({ type }) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP);
  if (below.length === 0) return [{ text: `/${text}`, description, options }];
  return below.flatMap((option) => branches(`${text} ${option.name}`, option));
}

/** What is typed after the slash, against the commands: those that begin so, then those that contain it. */
export function matching(commands, typed) {
  const wanted = typed.toLowerCase().replace(/^\//, '').trim();
  const name = ({ text }) => text.slice(1);
  const begins = commands.filter((command) => name(command).startsWith(wanted));
  const contains = commands.filter((command) => !begins.includes(command) && name(command).includes(wanted));
  return [...begins, ...contains];
}
