import { readFileSync, writeFileSync } from 'node:fs';
import { InternationalizationHandler } from '@sapphire/plugin-i18next';
import { DEFAULT_LANGUAGE, languageOptions } from '../src/discord/translate.ts';
import { byStem, fileOf, formOf, placeholdersIn, readLanguages, type Texts } from './language-files.ts';
import { samplesIn } from './text-samples.ts';

const LOCALES = 'data/locales';
const PAGE = 'docs/texts.md';
/** How many of something each text with plural forms is shown with. */
const COUNTS = [0, 1, 2, 1_234];
/** Names and descriptions of content stand in one row each. */
const COMPACT = /^(.*)\.(?:name|description)$/;

const INTRODUCTION = `# Every text, in every language

Made by \`npm run texts\` from \`data/locales\`, for reading through: each text that counts something with 0, 1, 2 and
1,234 of it, placeholders filled with the longest names there are. Not to be edited.
`;

/** Renders all texts into one page. */
async function renderTexts(): Promise<string> {
  const languages = [...readLanguages(LOCALES)].sort(([left], [right]) => rank(left) - rank(right));
  const handler = new InternationalizationHandler(languageOptions(LOCALES));
  await handler.init();
  const columns = languages.map(([language, texts]) => {
    const translate = handler.getT(language);
    const sample = samplesIn(language, texts);
    return new Column(language, texts, (key, text, count) => {
      const samples = [...placeholdersIn(text)].map((name) => [name, sample(name, text)]);
      return String(translate(key, { ...Object.fromEntries(samples), count }));
    });
  });
  const keys = new Set(columns.flatMap(({ stems }) => [...stems.keys()]));
  const files = Map.groupBy(keys, fileOf);
  const names = [...files.keys()].sort();
  return [INTRODUCTION, ...names.map((file) => section(file, files.get(file) ?? [], columns))].join('\n');
}

/** English first; the others as they come, in the order of the alphabet. */
function rank(language: string): number {
  return language === DEFAULT_LANGUAGE ? 0 : 1;
}

/** One language of the page. */
class Column {
  readonly language: string;
  readonly stems: ReturnType<typeof byStem>;
  readonly #render: (key: string, text: string, count: number) => string;

  constructor(language: string, texts: Texts, render: (key: string, text: string, count: number) => string) {
    this.language = language;
    this.stems = byStem(texts);
    this.#render = render;
  }

  /** Whether a text has plural forms here. */
  counts(stem: string): boolean {
    return (this.stems.get(stem) ?? []).some(([key]) => formOf(key));
  }

  /** The text, as a cell of a table; a dash where there is none. */
  cell(stem: string, count: number): string {
    const forms = this.stems.get(stem);
    if (!forms) return '-';
    const text = forms.map(([, form]) => form).join('\n');
    return this.#render(stem, text, count).replaceAll('|', '\\|').replaceAll('\n', '<br>');
  }
}

function section(file: string, stems: readonly string[], columns: readonly Column[]): string {
  const languages = columns.map(({ language }) => language);
  const rows =
    stems.every((stem) => COMPACT.test(stem)) && !file.startsWith('commands/')
      ? compactRows(file, stems, columns)
      : stems.flatMap((stem) => rowsOf(file, stem, columns));
  const table = [['text', ...languages], ['---', ...languages.map(() => '---')], ...rows];
  return `## ${file}\n\n${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function rowsOf(file: string, stem: string, columns: readonly Column[]): string[][] {
  const name = stem.slice(file.length + 1);
  if (!columns.some((column) => column.counts(stem))) {
    return [[`\`${name}\``, ...columns.map((column) => column.cell(stem, 2))]];
  }
  return COUNTS.map((count, index) => [
    `${index === 0 ? `\`${name}\` ` : ''}${count}`,
    ...columns.map((column) => column.cell(stem, count)),
  ]);
}

function compactRows(file: string, stems: readonly string[], columns: readonly Column[]): string[][] {
  const subjects = Map.groupBy(stems, (stem) => COMPACT.exec(stem)?.[1] ?? stem);
  return [...subjects].map(([subject, own]) => [
    `\`${subject.slice(file.length + 1)}\``,
    ...columns.map((column) => own.map((stem) => compactCell(column, stem)).join('<br>')),
  ]);
}

function compactCell(column: Column, stem: string): string {
  if (stem.endsWith('.name')) return `**${column.cell(stem, 2)}**`;
  if (!column.counts(stem)) return column.cell(stem, 2);
  return [1, 1_234].map((count) => column.cell(stem, count)).join('<br>');
}

const page = await renderTexts();
if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, page);
} else if (readFileSync(PAGE, 'utf8') === page) {
  process.stdout.write('The page of texts fits the texts.\n');
} else {
  process.stderr.write(`The texts have changed and ${PAGE} has not: run \`npm run texts\`.\n`);
  process.exitCode = 1;
}
