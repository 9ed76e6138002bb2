import { readdirSync } from 'node:fs';

/** Runs the benchmarks that are named, or all: `npm run bench`, `npm run bench -- commands`. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));

if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark "${unknown.join('", "')}". There are: ${names.join(', ')}\n`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(`\n${name}`);
  const { default: run } = (await import(`./${name}.bench.ts`)) as { default: () => Promise<void> };
  await run();
}
process.exit();
