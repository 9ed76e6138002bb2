import { expect, onTestFinished, test } from 'vitest';

test.each(['UTC', 'Asia/Kolkata', 'America/New_York'])(
  'the timeline goes by the clock that messages go by, in %s',
  async (zone) => {
    const { TZ } = process.env;
    process.env.TZ = zone;
    onTestFinished(() => {
      if (TZ === undefined) delete process.env.TZ;
      else process.env.TZ = TZ;
    });
    // Formats keep the time zone in which they were made: each zone has its own.
    const { exactly, saidAt } = await import(`../../playground/app/time.ts?${zone}`);
    const at = Date.parse('2026-11-29T14:02:07.350Z');
    expect(exactly(at)).toMatch(/^\d\d:\d\d:07\.350$/);
    expect(saidAt(new Date(at).toISOString())).toContain(exactly(at).slice(0, 5));
  },
);
