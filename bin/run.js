// Runs a TypeScript file of this project, or says in one sentence why this Node cannot.
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const [, , file] = process.argv;

if (major < 24 || (major === 24 && minor < 4)) {
  process.stderr.write(
    `Forgeling needs Node 24.4 or later and this is ${process.versions.node}: start it by npm (\`npm start\`), which brings the right one.\n`,
  );
  process.exit(1);
}
if (file === undefined) {
  process.stderr.write('Which file is to be run? Such as: node bin/run.js src/main.ts\n');
  process.exit(1);
}
// A file .env beside package.json adds to the environment; what is set there already goes first.
const variables = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(variables)) process.loadEnvFile(variables);

// Not before it is known that this Node has what that needs.
await import('./quick-imports.js');
process.argv.splice(1, 2, file);
await import(pathToFileURL(file).href);
