import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readLanguages } from '../../scripts/language-files.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { actionLabel, actionText } from '../../src/discord/admin-action-text.ts';
import { translator } from '../../src/discord/translate.ts';
import { adminActionNames } from '../../src/events/define-event.ts';
import { loadEvents } from '../../src/events/load-events.ts';
import { MIRA } from '../support/game.ts';
import { createPieceBench } from '../support/pieces.ts';

beforeAll(async () => {
  await createPieceBench();
  await loadEvents();
});

/** The keys of a file below a heading that are about an event, with its variants. */
const about = (keys: Iterable<string>, heading: string, event: string) =>
  [...keys].filter((key) => key === `${heading}.${event}` || key.startsWith(`${heading}.${event}_`));

describe('what those who run a server do', () => {
  test.each([...readLanguages(join(PROJECT_ROOT, 'data/locales'))])(
    'has words in %s, all of it',
    (_language, texts) => {
      const names = adminActionNames();
      expect(names).toEqual(expect.arrayContaining(['balanceAdjusted', 'settingsChanged']));
      for (const name of names) expect(about(texts.keys(), 'admin:action', name), name).not.toEqual([]);
    },
  );

  test('is recorded even where there are no words for it', () => {
    const event = { id: 'e', name: 'raffleHeld', version: 1, ...MIRA, occurredAt: 1, causeId: 'c', data: {} };
    const action = { event, adminId: MIRA.userId };
    expect(actionText(translator('en-US'), action)).toBe(
      `<@${MIRA.userId}> did something for which I have no words.`,
    );
    expect(actionLabel(translator('en-US'), action)).toBe('raffleHeld');
  });
});
