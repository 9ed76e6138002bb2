import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { InteractionHandle, MessageRecord, Seat } from '../../playground/discord/index.ts';
import { PROJECT_ROOT } from '../../src/config/load.ts';
import { managerRole } from '../../src/game/servers/settings.ts';
import { pathsOf, useOf } from '../support/commands.ts';
import { type ComponentUse, formOf, usesOn } from '../support/component-uses.ts';
import { furnish } from '../support/furnish.ts';
import { createGameBench } from '../support/game.ts';
import { Stage } from '../support/stage.ts';
import { refusal, untilIdle } from '../support/unchanged.ts';

const FOR_ADMINS =
  'Only members with the Manage Server permission or the server’s manager role can use this.';

/** How often each piece is tried with something new: enough to come everywhere that a panel leads to. */
const EACH_HANDLER = 40;

/** The commands that Discord shows only to those who may manage the server. */
function adminCommands(stage: Stage) {
  return stage.discord
    .commands()
    .filter(({ default_member_permissions: needed }) => needed === `${PermissionFlagsBits.ManageGuild}`);
}

/** The pieces behind components that ask who it is that uses them. */
function adminHandlers(): string[] {
  const directory = join(PROJECT_ROOT, 'src/interaction-handlers');
  return readdirSync(directory)
    .filter((file) => readFileSync(join(directory, file), 'utf8').includes('managerOf('))
    .map((file) => basename(file, '.ts'));
}

/** What admins are led to, tried by somebody who is none before an admin does it. */
class Walk {
  readonly #stage: Stage;
  readonly #admin: Seat;
  readonly #member: Seat;
  readonly #tried = new Map<string, Set<string>>();

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#admin = stage.discord.as(stage.odette, stage.workshop);
    this.#member = stage.discord.as(stage.tobin, stage.workshop);
  }

  /** The pieces that were tried. */
  get handlers(): string[] {
    return [...this.#tried.keys()];
  }

  async command(path: string): Promise<void> {
    const { values } = useOf(this.#stage, path);
    const force = () => this.#member.command(path, values, { evenIfHidden: true });
    expect(await refusal(this.#stage, force, { whileTelling: true }), path).toBe(FOR_ADMINS);
    await this.#goOn(this.#admin.command(path, values));
  }

  /** What stands in the channel by itself: of that, what is for admins. */
  async channel(): Promise<void> {
    const hello = () => this.#admin.messages.flatMap((message) => usesOn(this.#stage, message));
    await this.#stage.until('the bot saying hello', () => hello().some(({ handler }) => handler === 'setup'));
    for (const use of hello()) if (adminHandlers().includes(use.handler)) await this.#try(use);
  }

  /** Goes where an answer leads. */
  async #goOn(handle: InteractionHandle): Promise<void> {
    const answer = await handle.answered;
    const form = formOf(handle);
    if (form) await this.#try(form);
    if (!('messageId' in answer)) return;
    await this.#message(await handle.message());
  }

  async #message(message: MessageRecord): Promise<void> {
    for (const use of usesOn(this.#stage, message)) await this.#try(use);
  }

  async #try({ what, handler, use }: ComponentUse): Promise<void> {
    const known = this.#tried.get(handler) ?? new Set();
    if (known.has(what) || known.size >= EACH_HANDLER) return;
    this.#tried.set(handler, known.add(what));
    const force = () => use(this.#member);
    expect(await refusal(this.#stage, force, { whileTelling: true }), what).toBe(FOR_ADMINS);
    await this.#goOn(use(this.#admin));
  }
}

describe('what is for admins', () => {
  test('is refused to everybody else: each command, and all that it leads to', async () => {
    const stage = await Stage.set();
    furnish(stage);
    await stage.startBot();
    await untilIdle(stage);
    const commands = adminCommands(stage);
    expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(['admin', 'config']));
    const walk = new Walk(stage);
    // What is then told in the log channel, a message every few seconds, would have to be waited for.
    const isLast = (path: string) => path === '/config log';
    const paths = pathsOf(commands).sort((one, other) => Number(isLast(one)) - Number(isLast(other)));
    for (const path of paths) await walk.command(path);
    await walk.channel();
    expect(walk.handlers.toSorted()).toEqual(adminHandlers().toSorted());
    expect(stage.discord.refusals).toEqual([]);
  });

  test('is open to whoever has the manager role, for as long as they have it', async () => {
    const stage = await Stage.set();
    const smith = stage.discord.addRole(stage.guild, { name: 'Smith' });
    chooseManagers(stage, smith.id);
    await stage.startBot();
    await stage.chooseAnnouncements();
    const tobin = stage.discord.as(stage.tobin, stage.workshop);
    const look = () => tobin.command('/admin doctor', {}, { evenIfHidden: true });
    await untilIdle(stage);
    expect(await refusal(stage, look)).toBe(FOR_ADMINS);

    stage.discord.setMemberRoles(stage.guild, stage.tobin, [smith]);
    const seen = await look().message();
    const button = usesOn(stage, seen)[0] as ComponentUse;
    await button.use(tobin).message();
    expect(stage.query("SELECT subject ->> 'kind' AS kind FROM announcements")).toEqual([
      { kind: 'testMessage' },
    ]);

    stage.discord.setMemberRoles(stage.guild, stage.tobin, []);
    await untilIdle(stage);
    expect(await refusal(stage, look)).toBe(FOR_ADMINS);
    expect(await refusal(stage, () => button.use(tobin))).toBe(FOR_ADMINS);
  });
});

/** Lets a role run the server, before the bot is started. */
function chooseManagers(stage: Stage, roleId: string): void {
  const { world, game, act } = createGameBench({ file: join(stage.folder, 'world.sqlite') });
  act((tx) => game.settings.set(tx, stage.guild.id, stage.odette.id, managerRole, roleId));
  world.close();
}
