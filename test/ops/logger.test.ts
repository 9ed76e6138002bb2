import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config/load.ts';

/** What a program of these lines logs. */
function logged(lines: string): string {
  const program = `import { createLogger } from '${join(PROJECT_ROOT, 'src/ops/logger.ts')}';\n${lines}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

test('secrets never reach the log, wherever in it they stand', () => {
  const text = logged(`
    const logger = createLogger('info', ['hush-hush', 'p4ss']);
    logger.info('with the token hush-hush in it');
    logger.error({ err: new Error('postgres://me:p4ss@127.0.0.1'), more: { header: 'Bot hush-hush' } }, 'failed');`);
  expect(text).toContain('with the token [secret] in it');
  expect(text).toContain('postgres://me:[secret]@127.0.0.1');
  expect(text).not.toMatch(/hush-hush|p4ss/);
});

test('neither do the tokens of interactions, with which anybody could answer for us', () => {
  const token = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OQ-_x';
  const text = logged(`
    const logger = createLogger('info');
    for (const path of ['interactions/1574338006230237184/${token}/callback', 'webhooks/1574338006230237184/${token}/messages/%40original'])
      logger.error({ err: Object.assign(new Error('no'), { url: 'http://127.0.0.1/api/v10/' + path }) }, 'failed');`);
  expect(text).toContain('/interactions/1574338006230237184/[secret]/callback');
  expect(text).toContain('/webhooks/1574338006230237184/[secret]/messages');
  expect(text).not.toContain(token);
});

test('nor what was asked of Discord: it names people, and says what was said to them', () => {
  const text = logged(`
    const logger = createLogger('info');
    const refused = (more = {}) =>
      Object.assign(new Error('Invalid Form Body'), {
        code: 50035,
        requestBody: { files: undefined, json: { recipient_id: '174000000000000001', content: 'words' } },
        ...more,
      });
    logger.error({ err: refused() }, 'alone');
    logger.error({ err: refused({ first: refused() }) }, 'within another');
    logger.error({ err: new AggregateError([refused()], 'all of them') }, 'together');`);
  expect(text.match(/Invalid Form Body/g)?.length).toBeGreaterThanOrEqual(3);
  expect(text).toContain('"code":50035');
  expect(text).not.toMatch(/174000000000000001|recipient_id|words/);
});

test('nor what was to be written where the database refuses it', () => {
  const text = logged(`
    import { drizzle } from 'drizzle-orm/better-sqlite3';
    import { sql } from 'drizzle-orm';
    import { openDatabase } from '${join(PROJECT_ROOT, 'src/world/database.ts')}';
    import { balances } from '${join(PROJECT_ROOT, 'src/world/ledger.table.ts')}';
    const db = drizzle(openDatabase(':memory:'));
    const logger = createLogger('info');
    const values = { guildId: '900000000000000001', userId: '174000000000000001', asset: 'words', quantity: -1 };
    for (const attempt of [
      () => db.insert(balances).values(values).run(),
      () => db.insert(balances).values(values).returning().all(),
      () => db.insert(balances).values({ ...values, quantity: sql.placeholder('left') }).prepare().run({ left: -1 }),
      () => db.run(sql\`INSERT INTO nowhere VALUES (\${values.userId})\`),
      () => db.get(sql\`SELECT json(\${'{' + values.userId})\`),
    ]) try { attempt(); } catch (error) { logger.error({ err: error }, 'refused'); }`);
  expect(text.match(/"msg":"refused"/g)).toHaveLength(5);
  expect(text).not.toMatch(/174000000000000001|words|900000000000000001/);
});
