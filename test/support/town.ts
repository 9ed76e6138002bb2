import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { z } from 'zod';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { composeMessage } from '../../src/discord/views/announcements.ts';
import { defineEvent, type EventOf } from '../../src/events/define-event.ts';
import { engagementObserved } from '../../src/events/engagementObserved.ts';
import { announcementChannel } from '../../src/game/announcements/settings.ts';
import { notificationWay } from '../../src/game/announcements/ways.ts';
import { toAmounts } from '../../src/game/content/catalog.ts';
import { totalOf } from '../../src/game/crafting/crafting.ts';
import { type Craft, crafts } from '../../src/game/crafting/crafts.table.ts';
import { beginGame } from '../../src/game/game.ts';
import { type Trip, trips } from '../../src/game/gathering/trips.table.ts';
import type { Actor } from '../../src/game/players/players.ts';
import { leaderboardListing } from '../../src/game/preferences/definitions.ts';
import { Refusal } from '../../src/game/refusal.ts';
import { craftingSpeed, xpFactor } from '../../src/game/terms/settings.ts';
import type { DomainListener } from '../../src/pieces/domain-listener.ts';
import { AlreadyActedOn } from '../../src/world/errors.ts';
import type { DomainEvent } from '../../src/world/event.ts';
import { lastSequence } from '../../src/world/event-log.ts';
import { itemAsset } from '../../src/world/ledger.ts';
import type { OutboxRow } from '../../src/world/outbox.ts';
import type { Tx } from '../../src/world/transaction.ts';
import { HOUR, MINUTE, MIRA, SECOND, TOBIN, WORKSHOP } from './game.ts';
import { createPieceBench, type PieceBench } from './pieces.ts';

/** What somebody has from outside the game: the test gives it, so that there is something to do from the start. */
export const almsGiven = defineEvent({
  name: 'almsGiven',
  version: 1,
  schema: z.object({ items: z.array(z.object({ itemId: z.string(), quantity: z.int().positive() })) }),
});

declare module '../../src/events/define-event.ts' {
  interface DomainEvents {
    almsGiven: EventOf<typeof almsGiven>;
  }
}

/** What XP from outside the game was granted for. */
export const ALMS = 'alms';

/** A server that has chosen no channel for announcements; the other one has. */
export const OTHER_GUILD = '900000000000000002';

/** Who plays. One of them plays in two servers, which are two worlds to them. */
export const ACTORS: readonly Actor[] = [
  { ...MIRA, channelId: WORKSHOP, locale: 'en-US' },
  { ...TOBIN, channelId: WORKSHOP, locale: 'de' },
  { ...MIRA, userId: '100000000000000003', channelId: '800000000000000002', locale: 'en-GB' },
  { ...MIRA, guildId: OTHER_GUILD, channelId: '800000000000000003', locale: 'en-US' },
];

/** Who is given something, and has never played. */
const STRANGER = '100000000000000004';

/** Who runs the servers, and plays in none. */
export const WARDEN = '100000000000000005';

/** Where one of the servers is told what is worth telling. */
const NEWS = '800000000000000009';

/** Who has what at the beginning. */
export interface Wealth {
  readonly xp: number;
  /** How many of each item. */
  readonly hoard: number;
}

/** Poor and rich people, beginners and masters. */
export const wealth = fc.array(
  fc.record({
    // Some are just before a level that opens a slot.
    xp: fc.constantFrom(0, 90, 880, 880, 8_390, 250_000),
    hoard: fc.constantFrom(0, 0, 4, 90),
  }),
  { minLength: ACTORS.length, maxLength: ACTORS.length },
);

/** How often each deed is done, compared with the others. */
const DEEDS = {
  craft: 6,
  rush: 4,
  cancel: 4,
  cancelForTooMuch: 1,
  repeatCraft: 2,
  takeStep: 2,
  gather: 4,
  turnBack: 1,
  repeatTrip: 2,
  daily: 2,
  proposeSalvage: 2,
  proposeGift: 2,
  answer: 5,
  chat: 2,
  prefer: 1,
  changeTerms: 2,
  grant: 1,
  undo: 1,
  completeTooEarly: 1,
  wait: 4,
  live: 6,
  work: 3,
  restart: 1,
  stumble: 1,
} as const;

type Kind = keyof typeof DEEDS;

/** Something that happens. What the numbers mean depends on what there is to choose from by then. */
export interface Deed {
  readonly kind: Kind;
  readonly who: number;
  readonly which: number;
  readonly quantity: number;
  /** Whether Discord delivers it twice. */
  readonly twice: boolean;
}

/** A history, one deed after the other. */
export function deeds(length: { readonly minLength: number; readonly maxLength: number }) {
  const kinds = Object.entries(DEEDS).flatMap(([kind, weight]) => Array<Kind>(weight).fill(kind as Kind));
  const deed = fc.record({
    kind: fc.constantFrom(...kinds),
    who: fc.nat(99),
    which: fc.nat(9_999),
    quantity: fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
      fc.integer({ min: 0, max: 26 }),
    ),
    twice: fc.boolean(),
  });
  return fc.array(deed, { ...length, size: 'max' });
}

/** What each of them does in a history in which everything happens. */
const EVERYTHING: readonly Pick<Deed, 'kind' | 'which' | 'quantity'>[] = [
  { kind: 'daily', which: 1, quantity: 1 },
  { kind: 'prefer', which: 2, quantity: 1 },
  { kind: 'rush', which: 3, quantity: 20 },
  { kind: 'rush', which: 11, quantity: 2 },
  { kind: 'rush', which: 17, quantity: 2 },
  { kind: 'cancel', which: 1, quantity: 1 },
  { kind: 'gather', which: 1, quantity: 4 },
  { kind: 'proposeSalvage', which: 1, quantity: 1 },
  { kind: 'answer', which: 7, quantity: 1 },
  { kind: 'proposeGift', which: 1, quantity: 1 },
  { kind: 'answer', which: 7, quantity: 1 },
  // Taking part brings something now and then: so long a talk does.
  ...Array.from({ length: 10 }, () => [
    { kind: 'chat' as const, which: 0, quantity: 26 },
    { kind: 'live' as const, which: 2, quantity: 1 },
  ]).flat(),
  { kind: 'grant', which: 2, quantity: 26 },
  { kind: 'live', which: 9, quantity: 1 },
];

/**
 * A history in which all that can happen does. Where something is asserted of what came about in a set of histories, this
 * one is among them: no chance decides that.
 */
export const EVENTFUL: { readonly wealths: Wealth[]; readonly history: Deed[] } = {
  wealths: [
    { xp: 880, hoard: 90 },
    { xp: 250_000, hoard: 90 },
    { xp: 0, hoard: 4 },
    { xp: 90, hoard: 0 },
  ],
  history: ACTORS.flatMap((_, who) => EVERYTHING.map((deed) => ({ ...deed, who, twice: false }))),
};

const WAITS = [
  SECOND,
  15 * SECOND,
  MINUTE,
  5 * MINUTE,
  25 * MINUTE,
  HOUR,
  3 * HOUR,
  11 * HOUR,
  24 * HOUR,
  24 * HOUR,
  5 * 24 * HOUR,
] as const;

/** No history needs that many; one that does goes round in circles. */
const MOST_ROUNDS = 5_000;

const FACTORS = [1, 0.25, 0.7, 1, 1.5, 2, 3.3, 10] as const;

type Answer = (tx: Tx, actor: Actor) => unknown;

/** What somebody was asked, with what its buttons do. */
interface Question {
  readonly actor: Actor;
  readonly accept: Answer;
  readonly decline: Answer;
}

type ListenerClass = new (context: DomainListener.LoaderContext) => DomainListener;

/** People who do whatever comes into their heads, in a world with every piece in place. */
export class Town {
  readonly bench: PieceBench;
  readonly isClumsy: boolean;
  /** What was seen in the chat: the points of each person in each minute, without the ceiling. */
  readonly chatter = new Map<string, number>();
  readonly #tasks: readonly string[];
  readonly #questions: Question[] = [];
  readonly #done = new Set<string>();
  #interactions = 0;
  #starts = 0;
  #strikes: number[] = [];

  private constructor(bench: PieceBench, isClumsy: boolean) {
    this.bench = bench;
    this.isClumsy = isClumsy;
    // Channels are told in another pool, by Discord; `tell` stands for that here.
    this.#tasks = piecesIn('jobs').filter((task) => task !== 'discordNotify');
  }

  /** Founds one; in a clumsy one listeners fail now and then. */
  static async found(
    wealths: readonly Wealth[],
    { isClumsy }: { readonly isClumsy: boolean },
  ): Promise<Town> {
    const bench = await createPieceBench();
    // A world's secret is its own; here the same history has to end in the same way again.
    Object.assign(bench.world, { secret: 'known to all' });
    const town = new Town(bench, isClumsy);
    if (isClumsy) for (const name of piecesIn('listeners/domain')) await town.#makeClumsy(name);
    bench.act((tx) => bench.game.settings.set(tx, MIRA.guildId, STRANGER, announcementChannel, NEWS));
    for (const [index, actor] of ACTORS.entries()) town.#giveAlms(actor, wealths[index]);
    return town;
  }

  get now(): number {
    return this.bench.clock.now();
  }

  /** Lets something happen. */
  async do(deed: Deed): Promise<unknown> {
    const actor = pick(ACTORS, deed.who);
    const { bench } = this;
    const { world, game, clock } = bench;
    const { crafting, planning, gathering, daily, salvage, giving, preferences, progression, catalog } = game;
    switch (deed.kind) {
      case 'craft':
        return this.#order(deed, actor);
      case 'rush':
        for (let more = 0; more < 5; more++) this.#order({ ...deed, which: deed.which + more }, actor);
        return;
      case 'cancel': {
        const craft = this.#someCraft(deed, actor);
        return this.#act(deed, actor, (tx) => {
          const { refund } = crafting.previewCancel(tx.db, actor, craft?.id ?? 'none', tx.now);
          crafting.cancelCraft(tx, actor, craft?.id ?? 'none', totalOf(refund));
        });
      }
      case 'cancelForTooMuch': {
        const craft = this.#someCraft(deed, actor);
        const taken = totalOf(craft?.promise.inputs ?? []);
        const outcome = this.#act(deed, actor, (tx) =>
          crafting.cancelCraft(tx, actor, craft?.id ?? 'none', taken + 1),
        );
        expect(outcome, 'More than was taken is never paid back.').toBe('refused');
        return;
      }
      case 'repeatCraft': {
        const craft = this.#someCraft(deed, actor);
        const outcome = this.#act(deed, actor, (tx) => crafting.repeatCraft(tx, actor, craft?.id ?? 'none'));
        return this.#expectOnce(outcome, `repeat ${craft?.id}`);
      }
      case 'takeStep': {
        const recipe = pick([...catalog.current.recipes.values()], deed.which);
        this.#act(deed, actor, (tx) => {
          const plan = planning.planCraft(tx.db, actor, recipe.id, Math.max(1, deed.quantity));
          for (const { proposalId } of planning.offerSteps(tx, actor, plan)) {
            const take: Answer = (later, who) => planning.takeStep(later, who, proposalId);
            this.#ask(actor, take, take);
          }
        });
        return;
      }
      case 'gather': {
        const { level } = progression.progress(world.reader, actor);
        const places = [...catalog.current.places.values()];
        const possible = deed.which % 10 === 0 ? places : places.filter((place) => place.level <= level);
        const order = { placeId: pick(possible, deed.which).id, supplies: deed.quantity % 2 === 0 };
        return this.#act(deed, actor, (tx) => gathering.setOut(tx, actor, order));
      }
      case 'turnBack': {
        const trip = this.#someTrip(deed, actor);
        return this.#act(deed, actor, (tx) => gathering.turnBack(tx, actor, trip?.id ?? 'none'));
      }
      case 'repeatTrip': {
        const trip = this.#someTrip(deed, actor);
        const outcome = this.#act(deed, actor, (tx) => gathering.repeat(tx, actor, trip?.id ?? 'none'));
        return this.#expectOnce(outcome, `repeat ${trip?.id}`);
      }
      case 'daily':
        return this.#act(deed, actor, (tx) => daily.claim(tx, actor));
      case 'proposeSalvage': {
        const choices = salvage.choices(world.reader, actor);
        const itemId =
          deed.which % 8 === 0 ? this.#someItem(deed, actor) : pickAny(choices, deed.which)?.itemId;
        return this.#act(deed, actor, (tx) => {
          const { proposalId } = salvage.propose(tx, actor, itemId ?? 'none', deed.quantity);
          this.#ask(
            actor,
            (later, who) => salvage.accept(later, who, proposalId),
            (later, who) => salvage.decline(later, who, proposalId),
          );
        });
      }
      case 'proposeGift': {
        const itemId = this.#someItem(deed, actor);
        const to = pick([...ACTORS.map(({ userId }) => userId), STRANGER], deed.which);
        return this.#act(deed, actor, (tx) => {
          const proposalId = giving.propose(tx, actor, { to, itemId, quantity: deed.quantity });
          this.#ask(
            actor,
            (later, who) => giving.accept(later, who, proposalId),
            (later, who) => giving.decline(later, who, proposalId),
          );
        });
      }
      case 'answer':
        return this.#answer(deed, actor);
      case 'chat':
        return this.#chat(deed, actor);
      case 'prefer':
        return this.#act(deed, actor, (tx) => {
          preferences.set(tx, actor, leaderboardListing, deed.which % 2 === 0 ? 'hidden' : 'shown');
          preferences.set(
            tx,
            actor,
            notificationWay('engagement'),
            deed.quantity % 2 === 0 ? 'quiet' : 'off',
          );
        });
      case 'changeTerms':
        return this.#changeTerms(deed, actor);
      case 'grant': {
        const asset = deed.which % 2 === 0 ? 'xp' : itemAsset(this.#someItem(deed, actor));
        const { guildId, userId } = actor;
        const wish = { userId, asset, amount: deed.quantity * 40, reason: 'a good deed' };
        return this.#act(deed, actor, (tx) => game.adjustments.grant(tx, { guildId, userId: WARDEN }, wish));
      }
      case 'undo': {
        const admin = { guildId: actor.guildId, userId: WARDEN };
        const [last] = game.adminLog.standing(world.reader, admin.guildId, ['balanceAdjusted'], 1);
        return this.#act(deed, actor, (tx) => {
          const { proposalId } = game.undoing.propose(tx, admin, last?.event.id ?? 'none');
          game.undoing.accept(tx, admin, proposalId);
        });
      }
      case 'completeTooEarly':
        return this.#completeTooEarly();
      case 'wait':
        clock.advance(pick(WAITS, deed.which));
        return;
      case 'live':
        return this.#live(this.now + pick(WAITS, deed.which), deed.which);
      case 'work':
        return this.#work(deed.which);
      case 'restart':
        world.transact({ cause: `start ${++this.#starts}` }, (tx) => beginGame(tx, game));
        return;
      case 'stumble':
        // The next listener that is given something, or one soon after; now and then several times.
        this.#strikes = Array.from(
          { length: 1 + (deed.quantity % 3) },
          (_, index) => (deed.which + index) % 7,
        );
        return;
    }
  }

  /** Lets everything come to its end, however long it takes. */
  async settle(): Promise<void> {
    this.#strikes = [];
    const { world } = this.bench;
    for (let round = 0; ; round++) {
      if (round > MOST_ROUNDS) throw new Error('It never comes to an end.');
      const next = this.#nextJob();
      if (!next) return;
      this.bench.clock.advance(Math.max(0, next.runAt - this.now));
      await this.#work(round);
      // What was given up is what an operator tries again.
      world.transact({ cause: `operator ${round}` }, () => {
        for (const { eventId, listener } of world.deliveries.list('dead', 100)) {
          world.deliveries.replay(eventId, listener);
        }
      });
    }
  }

  /** Mostly of what could be made; the rest is refused. */
  #order(deed: Deed, actor: Actor): void {
    const { world, game } = this.bench;
    const choices = game.crafting.choices(world.reader, actor, this.now);
    const possible = choices.filter(({ missing, levelReached }) => levelReached && missing.length === 0);
    const some = deed.which % 10 === 0 || possible.length === 0 ? choices : possible;
    const recipeId = deed.which % 97 === 0 ? 'philosophers_stone' : pick(some, deed.which).recipe.id;
    const { quantity } = deed;
    this.#act(deed, actor, (tx) => game.crafting.startCraft(tx, { ...actor, recipeId, quantity }));
  }

  /** Acts as a command or a button would: what is due first, then one transaction for the interaction. */
  #act(deed: Deed, actor: Actor, body: (tx: Tx) => unknown): 'done' | 'refused' {
    const { world, game } = this.bench;
    game.dueWork.settle(world, actor);
    const interactionId = String(++this.#interactions);
    const act = () =>
      world.transact({ cause: `interaction:${interactionId}`, interactionId }, (tx) => void body(tx));
    const before = lastSequence(world.reader);
    try {
      act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(lastSequence(world.reader), 'What is refused leaves nothing behind.').toBe(before);
      return 'refused';
    }
    if (deed.twice) expect(act).toThrow(AlreadyActedOn);
    return 'done';
  }

  #ask(actor: Actor, accept: Answer, decline: Answer): void {
    this.#questions.push({ actor, accept, decline });
  }

  /** Presses a button under a question; at times one that was pressed before, or somebody else's. */
  #answer(deed: Deed, actor: Actor): void {
    const recent = this.#questions.slice(-8);
    if (recent.length === 0) return;
    const question = pick(recent, deed.which);
    const who = deed.twice && deed.which % 3 === 0 ? actor : question.actor;
    const says = deed.quantity === 3 ? question.decline : question.accept;
    const outcome = this.#act(deed, who, (tx) => says(tx, who));
    this.#expectOnce(outcome, `question ${this.#questions.indexOf(question)}`);
    if (outcome === 'done') expect(who, 'Nobody answers for somebody else.').toBe(question.actor);
  }

  /** What a button does once, however often it is pressed. */
  #expectOnce(outcome: 'done' | 'refused', what: string): void {
    if (outcome === 'refused') return;
    expect(this.#done.has(what), `${what} is done once`).toBe(false);
    this.#done.add(what);
  }

  #chat(deed: Deed, { guildId, userId, channelId }: Actor): void {
    const kind = pick(['message', 'reaction', 'command'] as const, deed.which);
    const weight = { message: 1, reaction: 0.5, command: 2 }[kind];
    const minute = this.now - (this.now % MINUTE);
    const key = `${guildId}/${userId}/${minute}`;
    for (let said = 0; said < deed.quantity; said++) {
      this.bench.act((tx) =>
        tx.publish(engagementObserved, { guildId, userId, data: { kind, channelId, parentId: null } }),
      );
      this.chatter.set(key, (this.chatter.get(key) ?? 0) + weight);
    }
  }

  /** An admin changes how fast things are or how much XP they bring, for good and perhaps otherwise for a while. */
  #changeTerms({ which, quantity }: Deed, { guildId }: Actor): void {
    const { act, game } = this.bench;
    const definition = pick([craftingSpeed, xpFactor], which);
    const boost = { factor: pick(FACTORS, quantity), until: this.now + pick(WAITS, which) };
    const value = { base: pick(FACTORS, which), boost: quantity % 2 === 0 ? boost : null };
    act((tx) => game.settings.set(tx, guildId, STRANGER, definition, value));
  }

  /** A job that comes before its time finds that there is nothing to do yet. */
  #completeTooEarly(): void {
    const { world, game, act } = this.bench;
    const before = lastSequence(world.reader);
    const open = world.reader.select().from(crafts).where(eq(crafts.state, 'active')).all();
    for (const { id, completesAt } of open) {
      if (completesAt !== null && completesAt > this.now) act((tx) => game.crafting.completeCraft(tx, id));
    }
    const out = world.reader.select().from(trips).where(eq(trips.state, 'active')).all();
    for (const { id, returnsAt } of out) {
      if (returnsAt > this.now) act((tx) => game.gathering.finishTrip(tx, id));
    }
    expect(lastSequence(world.reader), 'Nothing ends before its time.').toBe(before);
  }

  /** Lets time pass while the bot does its work: each job at its time. */
  async #live(until: number, order: number): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const next = this.#nextJob();
      if (!next || next.runAt > until) break;
      this.bench.clock.advance(Math.max(0, next.runAt - this.now));
      await this.#work(order);
    }
    this.bench.clock.advance(Math.max(0, until - this.now));
  }

  /** Does all that is due, in some order of tasks. */
  async #work(order: number): Promise<void> {
    const first = order % this.#tasks.length;
    for (const task of [...this.#tasks.slice(first), ...this.#tasks.slice(0, first)]) {
      await this.bench.runDueJobs(task);
    }
    this.#tell();
  }

  /** Tells the channels what is pending for them, as `discordNotify` does. */
  #tell(): void {
    const { world, game, act } = this.bench;
    const { channelMessages } = game;
    const here = { problem: undefined, home: undefined, ownerOf: () => undefined };
    for (const { payload, revision, runAt } of this.#jobs('discordNotify')) {
      if (runAt > this.now) continue;
      const { outletId } = payload as { readonly outletId: string };
      const step = act((tx) => channelMessages.next(tx, outletId, here, composeMessage));
      if (step.do === 'openDirect') {
        const opened = { became: 'open', channelId: `direct to ${step.userId}` } as const;
        act((tx) => channelMessages.noteOpened(tx, outletId, opened));
      }
      if (step.do === 'send') {
        const arrived = { became: 'sent', discordMessageId: step.message.id } as const;
        act((tx) => channelMessages.end(tx, step, arrived, here.ownerOf));
      }
      world.outbox.settle(revision);
    }
  }

  #jobs(task?: string): OutboxRow[] {
    return this.bench.world.outbox.page(0, 1_000).filter((row) => task === undefined || row.task === task);
  }

  #nextJob(): OutboxRow | undefined {
    return this.#jobs().sort((one, other) => one.runAt - other.runAt)[0];
  }

  /** One of somebody's crafts, mostly one that isn't over; now and then anybody's. */
  #someCraft(deed: Deed, { guildId, userId }: Actor): Craft | undefined {
    const { reader } = this.bench.world;
    const query = reader.select().from(crafts);
    if (deed.which % 12 === 0) return pickAny(query.all(), deed.who + deed.quantity);
    const own = query.where(and(eq(crafts.guildId, guildId), eq(crafts.userId, userId))).all();
    const open = own.filter(({ state }) => state === 'active' || state === 'waiting');
    return pickAny(deed.kind === 'repeatCraft' || open.length === 0 ? own : open, deed.which);
  }

  #someTrip(deed: Deed, { guildId, userId }: Actor): Trip | undefined {
    const query = this.bench.world.reader.select().from(trips);
    if (deed.which % 12 === 0) return pickAny(query.all(), deed.who + deed.quantity);
    const own = query.where(and(eq(trips.guildId, guildId), eq(trips.userId, userId))).all();
    const out = own.filter(({ state }) => state === 'active');
    return pickAny(deed.kind === 'repeatTrip' || out.length === 0 ? own : out, deed.which);
  }

  /** Something that somebody has; now and then something that they don't, or that doesn't exist. */
  #someItem(deed: Deed, actor: Actor): string {
    const { game, world } = this.bench;
    if (deed.which % 97 === 0) return 'philosophers_stone';
    const held = [...game.inventory.list(world.reader, actor).keys()];
    const all = [...game.catalog.current.items.keys()];
    return pick(deed.which % 10 === 0 || held.length === 0 ? all : held, deed.which);
  }

  #giveAlms(actor: Actor, given: Wealth | undefined): void {
    const { game, act } = this.bench;
    const { xp = 0, hoard = 0 } = given ?? {};
    if (xp === 0 && hoard === 0) return;
    act((tx) => {
      game.players.ensure(tx, actor);
      const { guildId, userId } = actor;
      const every = Object.fromEntries([...game.catalog.current.items.keys()].map((id) => [id, hoard]));
      const items = hoard > 0 ? toAmounts(every) : [];
      const event = tx.publish(almsGiven, { guildId, userId, data: { items } });
      game.inventory.give(tx, actor, items, event);
      game.progression.grantXp(tx, { guildId, userId }, xp, ALMS);
    });
  }

  /** Lets a listener fail when its time has come: after it has done everything, which is the worst moment. */
  async #makeClumsy(name: string): Promise<void> {
    const isStruck = () => this.#isStruck();
    const Careful = this.bench.listener(name).constructor as ListenerClass;
    class Clumsy extends Careful {
      override handle(event: DomainEvent, tx: Tx): void {
        // Not `super`: for the compiler that one is abstract.
        Careful.prototype.handle.call(this, event, tx);
        if (isStruck()) throw new Error(`${name} stumbled.`);
      }
    }
    await this.bench.addListener(name, Clumsy);
  }

  #isStruck(): boolean {
    const [wait] = this.#strikes;
    if (wait === undefined) return false;
    if (wait > 0) {
      this.#strikes[0] = wait - 1;
      return false;
    }
    this.#strikes.shift();
    return true;
  }
}

function piecesIn(folder: string): string[] {
  return readdirSync(join(PROJECT_ROOT, 'src', folder)).map((file) => basename(file, '.ts'));
}

function pick<Choice>(choices: readonly Choice[], number: number): Choice {
  return choices[number % choices.length] as Choice;
}

function pickAny<Choice>(choices: readonly Choice[], number: number): Choice | undefined {
  return choices.length === 0 ? undefined : pick(choices, number);
}
