import type { Announcement } from '../../src/game/announcements/announcements.table.ts';
import { announcements } from '../../src/game/announcements/announcements.table.ts';
import type { ChannelMessage } from '../../src/game/announcements/channel-messages.table.ts';
import type { Composed, Outcome, Step } from '../../src/game/announcements/channel-messages.ts';
import { type OutletProblem, outlets } from '../../src/game/announcements/outlets.table.ts';
import { announcementChannel } from '../../src/game/announcements/settings.ts';
import type { Holder } from '../../src/world/ledger.ts';
import { createGameBench, type GameBench, MIRA, TOBIN } from './game.ts';

export const NEWS = '800000000000000009';
export const ELSEWHERE = '800000000000000010';
export const OWNER = '100000000000000009';

/** Where their direct messages are. */
export const MIRAS = '@mira';
export const TOBINS = '@tobin';
export const OWNERS = '@owner';

const DIRECT = [
  { id: MIRAS, userId: MIRA.userId },
  { id: TOBINS, userId: TOBIN.userId },
  { id: OWNERS, userId: OWNER },
];

export type Sending = Extract<Step, { do: 'send' | 'lookFor' }>;

/** A message that says how many of something each of its announcements tells. */
export function compose(told: readonly Announcement[]): Composed {
  const quantities = told.map(({ subject }) => ('quantity' in subject ? subject.quantity : 0));
  return { body: { told: quantities }, shown: told.map(({ id }) => id), counted: [] };
}

/** A server that announces in a channel, and the job `discordNotify` done by hand. */
export class TellingBench {
  readonly bench: GameBench;
  /** What the gateway has told of the channels that the bot cannot write in. */
  readonly problems = new Map<string, OutletProblem>();
  /** Whose channels these are, as far as the gateway has told. */
  readonly homes = new Map<string, string>();

  constructor(bench = createGameBench()) {
    this.bench = bench;
    bench.act((tx) =>
      tx.db
        .insert(outlets)
        .values(DIRECT.map((outlet) => ({ ...outlet, state: 'open' as const, since: tx.now })))
        .run(),
    );
    this.choose(NEWS);
  }

  choose(channelId: string | null): void {
    const { act, game } = this.bench;
    act((tx) => game.settings.set(tx, MIRA.guildId, OWNER, announcementChannel, channelId));
  }

  /** Something rare was made by one after the other, so many of it. */
  announce(...quantities: readonly number[]): void {
    for (const quantity of quantities) {
      this.bench.clock.advance(1);
      const subject = { kind: 'rareItem', itemId: 'star_compass', quantity, masterworks: 0 } as const;
      this.bench.act((tx) => this.bench.game.announcements.announce(tx, MIRA, subject));
    }
  }

  /** Somebody is given so many of something, a moment later. */
  tell(quantity: number, holder: Holder = MIRA, channelId = NEWS): void {
    this.bench.clock.advance(1);
    this.tellAt(quantity, holder, channelId);
  }

  /** Somebody is given so many of something, right now. */
  tellAt(quantity: number, holder: Holder = MIRA, channelId = NEWS): void {
    const subject = { kind: 'gift', from: OWNER, itemId: 'coal', quantity } as const;
    this.bench.act((tx) => this.bench.game.announcements.tell(tx, holder, channelId, subject));
  }

  /** What the job would find to do now. */
  next(outletId = NEWS): Step {
    const surroundings = {
      problem: this.problems.get(outletId),
      home: this.homes.get(outletId),
      ownerOf: () => OWNER,
    };
    return this.bench.act((tx) => this.bench.game.channelMessages.next(tx, outletId, surroundings, compose));
  }

  /** What the job would send now. @throws when there is nothing */
  sending(outletId = NEWS): Sending {
    const step = this.next(outletId);
    if (step.do !== 'send') throw new Error(`There is nothing to send: ${step.do}.`);
    return step;
  }

  /** What the message that the job would send now says. */
  told(outletId = NEWS): unknown {
    return (this.sending(outletId).message.body as { told?: unknown }).told;
  }

  end(sending: Sending, outcome: Outcome): void {
    const { act, game } = this.bench;
    act((tx) => game.channelMessages.end(tx, sending, outcome, () => OWNER));
  }

  arrive(sending: Sending): ChannelMessage {
    this.end(sending, { became: 'sent', discordMessageId: `discord ${sending.message.id}` });
    return sending.message;
  }

  /** When the place is to be looked at next; undefined when nothing asks for it. */
  dueAt(outletId = NEWS): number | undefined {
    return this.bench.world.outbox.find(`discordNotify:${outletId}`)?.runAt;
  }

  /** The job has run. */
  settle(outletId = NEWS): void {
    const { outbox } = this.bench.world;
    outbox.settle(outbox.find(`discordNotify:${outletId}`)?.revision ?? 0);
  }

  /** Lets time pass until the place is to be looked at next. */
  wait(outletId = NEWS): void {
    const { clock } = this.bench;
    clock.advance(Math.max(0, (this.dueAt(outletId) ?? clock.now()) - clock.now()));
  }

  rows(): Announcement[] {
    return this.bench.world.reader.select().from(announcements).orderBy(announcements.occurredAt).all();
  }

  states(): string[] {
    return this.rows().map(({ state }) => state);
  }
}
