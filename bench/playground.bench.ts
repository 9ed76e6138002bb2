import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../playground/chromium.ts';
import { PlaygroundProcess } from '../playground/playgroundProcess.ts';
import { percentile, report } from './report.ts';

const STARTS = 3;
const TYPED = 'iron sword';
const ROUNDS = 5;

/** How long until one can play, and how fast the page completes what is typed. */
export default async function run(): Promise<void> {
  const browser = await launchChromium();
  try {
    // The first start may build the page; what counts is a warm install.
    report('the first start', { 'usable after ms': await start(browser) });
    const starts: number[] = [];
    for (let round = 0; round < STARTS; round++) starts.push(await start(browser));
    report('a warm start', { 'usable after ms': percentile(starts, 0.5), 'aim ms': 5_000 });
    await completions(browser);
  } finally {
    await browser.close();
  }
}

/** Starts the playground. @returns after how many milliseconds its page takes a command */
async function start(browser: Browser): Promise<number> {
  const started = performance.now();
  const { playground, url } = await PlaygroundProcess.open();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await offersCrafting(page);
    return performance.now() - started;
  } finally {
    await playground.remove();
  }
}

/** From a key to the completions that it brings: all of it, and without the time in which the bot is waited for. */
async function completions(browser: Browser): Promise<void> {
  const { playground, url } = await PlaygroundProcess.open();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await offersCrafting(page);
    const commands: number[] = [];
    const whole: number[] = [];
    const own: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await page.locator('#box').fill('');
      for (const key of '/craft') commands.push((await press(page, '#box', key, false)).whole);
      await page.locator('#box').fill('/craft ');
      await page.locator('#option-recipe').waitFor();
      for (const key of TYPED) {
        const times = await press(page, '#option-recipe', key, true);
        whole.push(times.whole);
        own.push(times.whole - times.answered);
      }
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
    report('a key to the commands that begin so', figures(commands));
    report('a key to the bot’s completions', figures(whole));
    report('… without waiting for the bot', { ...figures(own), 'aim ms': 50 });
  } finally {
    await playground.remove();
  }
}

function figures(times: readonly number[]) {
  return { 'median ms': percentile(times, 0.5), 'p95 ms': percentile(times, 0.95) };
}

async function offersCrafting(page: Page): Promise<void> {
  await page.locator('#box').fill('/craft');
  await page.locator('#suggestions [role="option"]', { hasText: '/craft' }).first().waitFor();
}

/** How long until the completions were drawn, and how long of that the server was waited for, in milliseconds. */
interface Keypress {
  readonly whole: number;
  readonly answered: number;
}

/**
 * Types a letter into a field.
 *
 * @param asksBot whether the completions come from the bot
 */
function press(page: Page, field: string, key: string, asksBot: boolean): Promise<Keypress> {
  return page.evaluate(`(async () => {
    const input = document.querySelector(${JSON.stringify(field)});
    const answered = new Promise((done) => {
      new PerformanceObserver((list, observer) => {
        const answer = list.getEntries().find(({ name }) => name.endsWith('/autocomplete'));
        if (!answer) return;
        observer.disconnect();
        done(answer.duration);
      }).observe({ type: 'resource' });
    });
    const started = performance.now();
    input.focus();
    input.value += ${JSON.stringify(key)};
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const waited = ${asksBot} ? await answered : 0;
    await new Promise(requestAnimationFrame);
    return { whole: performance.now() - started, answered: waited };
  })()`) as Promise<Keypress>;
}
