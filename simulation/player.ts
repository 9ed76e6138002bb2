import { engagementObserved } from '../src/events/engagementObserved.ts';
import type { Actor } from '../src/game/players/players.ts';
import { Refusal } from '../src/game/refusal.ts';
import { type Random, seededRandom } from '../src/world/random.ts';
import type { Tx } from '../src/world/transaction.ts';
import { DAY, SECOND } from './clock.ts';
import type { Action, Mind, View } from './mind.ts';
import { STRATEGIES, type Strategy, type StrategyName } from './strategies.ts';
import { GUILD, SQUARE, type Town } from './town.ts';

/** How long it takes to type a command and read the answer. */
const ACTION_TAKES = 20 * SECOND;

/** How often somebody who has nothing to do looks again while their visit lasts. */
const LOOKS_AGAIN_AFTER = 90 * SECOND;

/** No more than this in one visit: nobody types for hours. */
const ACTIONS_PER_VISIT = 30;

/** Somebody who plays. */
export class Player {
  readonly actor: Actor;
  readonly strategyName: StrategyName;
  /** What they were told no about, and how often. */
  readonly refusals = new Map<string, number>();
  actions = 0;
  /** The longest time, in milliseconds, in which they came by and found nothing under way and nothing to do. */
  longestStuck = 0;
  readonly #town: Town;
  readonly #strategy: Strategy;
  readonly #mind: Mind;
  readonly #random: Random;
  readonly #made = new Set<string>();
  readonly #joinedAt: number;
  #others: readonly string[] = [];
  #visitEnds: number | undefined;
  #visitBegan = 0;
  #hasLeft = false;
  #actionsInVisit = 0;
  #stuckSince: number | undefined;

  constructor(town: Town, index: number, strategy: StrategyName, seed: string, joinedAt: number) {
    const userId = String(100_000_000_000_000_000n + BigInt(index));
    const locale = index % 3 === 0 ? 'de' : 'en-US';
    this.actor = { guildId: GUILD, userId, channelId: SQUARE, locale };
    this.#town = town;
    this.strategyName = strategy;
    this.#strategy = STRATEGIES[strategy];
    this.#mind = this.#strategy.mind();
    this.#random = seededRandom(`${seed}/player/${index}`);
    this.#joinedAt = joinedAt;
  }

  /** Lets the player know who else is there. */
  meet(others: readonly string[]): void {
    this.#others = others.filter((userId) => userId !== this.actor.userId);
  }

  /** Notes that something of theirs is ready. */
  noteMade(recipeId: string): void {
    this.#made.add(recipeId);
  }

  /**
   * Does the next thing.
   *
   * @returns when they want to do something again; undefined: never
   */
  takeTurn(): number | undefined {
    const { clock } = this.#town;
    const now = clock.now();
    if (this.#visitEnds === undefined) this.#beginVisit(now);
    const action = this.#decide();
    if (action) {
      this.#do(action);
      this.#actionsInVisit++;
    }
    const next = now + (action ? ACTION_TAKES : LOOKS_AGAIN_AFTER);
    const isALook = this.#strategy.visit === 0;
    const goesOn = isALook ? action !== undefined : next <= (this.#visitEnds ?? 0);
    if (goesOn && this.#actionsInVisit < ACTIONS_PER_VISIT) return next;
    this.#visitEnds = undefined;
    const { next: nextVisit } = this.#strategy;
    const comes = nextVisit(this.#visitBegan, now - this.#joinedAt, this.#random);
    this.#hasLeft = comes === undefined;
    return comes === undefined ? undefined : Math.max(comes, next);
  }

  /** The level they have reached. */
  level(): number {
    const { game, world } = this.#town;
    return game.progression.progress(world.reader, this.actor).level;
  }

  /**
   * Writes a message in the chat.
   *
   * @returns when they write the next one; undefined for who has left
   */
  chat(): number | undefined {
    if (this.#hasLeft) return undefined;
    this.#observe('message');
    const pause = DAY / this.#strategy.messagesPerDay;
    return this.#town.clock.now() + this.#random.integer(SECOND, Math.round(2 * pause));
  }

  #beginVisit(now: number): void {
    this.#visitBegan = now;
    this.#visitEnds = now + this.#strategy.visit;
    this.#actionsInVisit = 0;
  }

  #decide(): Action | undefined {
    const { game, world } = this.#town;
    game.dueWork.settle(world, this.actor);
    const view = this.#look();
    const action = this.#mind.decide(view, this.#random);
    this.#noteStuck(view, action);
    return action;
  }

  #look(): View {
    const { game, world, clock } = this.#town;
    const db = world.reader;
    const now = clock.now();
    const { slots, queueLength, active, waiting } = game.crafting.workbench(db, this.actor, now);
    const coming = [...active, ...waiting.map(({ craft }) => craft)];
    return {
      catalog: game.catalog.current,
      now,
      level: game.progression.progress(db, this.actor).level,
      holdings: game.inventory.list(db, this.actor),
      coming: coming.map(({ quantity, promise }) => ({
        itemId: promise.output.itemId,
        quantity: quantity * promise.output.yields,
      })),
      room: slots + queueLength - active.length - waiting.length,
      underWay: game.gathering.underWay(db, this.actor) !== undefined,
      giftThere: game.daily.isThere(db, this.actor, now),
      made: this.#made,
      others: this.#others,
    };
  }

  #noteStuck({ now, underWay, coming }: View, action: Action | undefined): void {
    if (action || underWay || coming.length > 0) {
      this.#stuckSince = undefined;
      return;
    }
    this.#stuckSince ??= now;
    this.longestStuck = Math.max(this.longestStuck, now - this.#stuckSince);
  }

  #do(action: Action): void {
    this.actions++;
    if (action.kind === 'chat') {
      this.#observe('message');
      return;
    }
    try {
      this.#carryOut(action);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refusals.set(error.code, (this.refusals.get(error.code) ?? 0) + 1);
      return;
    }
    // As `observeCommand` does for a command that wasn't refused.
    this.#observe('command');
  }

  #carryOut(action: Exclude<Action, { kind: 'chat' }>): unknown {
    const { game } = this.#town;
    const { actor } = this;
    const act = <Result>(body: (tx: Tx) => Result) => this.#town.act(body);
    switch (action.kind) {
      case 'daily':
        return act((tx) => game.daily.claim(tx, actor));
      case 'craft':
        return act((tx) => game.crafting.startCraft(tx, { ...actor, ...action }));
      case 'gather':
        return act((tx) => game.gathering.setOut(tx, actor, action));
      case 'salvage': {
        const { itemId, quantity } = action;
        const { proposalId } = act((tx) => game.salvage.propose(tx, actor, itemId, quantity));
        return act((tx) => game.salvage.accept(tx, actor, proposalId));
      }
      case 'give': {
        const proposalId = act((tx) => game.giving.propose(tx, actor, action));
        return act((tx) => game.giving.accept(tx, actor, proposalId));
      }
      case 'cancel':
        return act((tx) => {
          const [craft] = game.crafting.activeCrafts(tx.db, actor);
          return game.crafting.cancelCraft(tx, actor, craft?.id ?? 'none', 0);
        });
      case 'turnBack':
        return act((tx) => {
          const trip = game.gathering.underWay(tx.db, actor);
          return game.gathering.turnBack(tx, actor, trip?.id ?? 'none');
        });
    }
  }

  #observe(kind: 'message' | 'command'): void {
    this.#town.observe((tx) => {
      const { guildId, userId, channelId } = this.actor;
      tx.publish(engagementObserved, { guildId, userId, data: { kind, channelId, parentId: null } });
    });
  }
}
