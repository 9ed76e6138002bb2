import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What of what axe finds counts: what keeps people from using the page. */
const IMPACTS = ['serious', 'critical'];

/** The serious faults of accessibility that axe finds on a page, as lines to read. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => IMPACTS.includes(impact ?? ''))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
    );
}
