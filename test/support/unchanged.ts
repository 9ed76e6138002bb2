import { expect } from 'vitest';
import type { InteractionHandle } from '../../playground/discord/people/handle.ts';
import { MINUTE } from './game.ts';
import type { Stage } from './stage.ts';

/** Waits until the bot has nothing to do within the next minute. */
export async function untilIdle(stage: Stage): Promise<void> {
  await stage.until(
    'The bot being idle',
    () => stage.count(`outbox WHERE run_at <= ${Date.now() + MINUTE}`) === 0,
  );
}

/** Where jobs write down what they tell: with a log channel, something is always under way. */
const TELLING = ['announcements', 'channel_messages', 'outlets', 'ceilings', 'sqlite_sequence', 'outbox'];

/**
 * The answer to something that is refused: only for the person who asked, and nothing has changed.
 *
 * @param whileTelling whether the bot may be telling something meanwhile
 */
export async function refusal(
  stage: Stage,
  act: () => InteractionHandle,
  { whileTelling = false } = {},
): Promise<string> {
  const besides = whileTelling ? TELLING : [];
  // On a bot that is shared, what other tests have begun comes to its end first.
  if (!whileTelling) await untilIdle(stage);
  const before = everything(stage, besides);
  const message = await act().message();
  expect(message.visibleTo).not.toBeNull();
  expect(everything(stage, besides)).toEqual(before);
  return message.content;
}

/** What jobs keep up by themselves, whenever they get round to it: the boards, and how far the log was read. */
const KEPT_UP = ['scores', 'projections'];
const KEPT_UP_BY = ['refreshLeaderboards', 'replayEvents'];

/** Everything that an action could have changed. */
function everything(stage: Stage, besides: readonly string[]): unknown {
  // `outbox` also has when the queue took a job, and whatever was asked is noted in `interactions`, and for
  // five minutes also that somebody asked what it takes the whole world to answer.
  const tables = stage
    .query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .map(({ name }) => name)
    .filter((name) => !['outbox', 'interactions', 'privacy_requests', ...KEPT_UP, ...besides].includes(name));
  const jobs = stage
    .query<{ task: string }>('SELECT task, revision, key, payload, run_at FROM outbox')
    .filter(({ task }) => !KEPT_UP_BY.includes(task));
  return [
    besides.includes('outbox') ? [] : jobs,
    ...tables.map((table) => stage.query(`SELECT * FROM ${table}`)),
  ];
}
