import { type APIApplicationCommand, ComponentType } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import { type Delivery, deliver } from '../interactions/deliver.ts';
import { createMessage, isVisibleTo } from '../model/messages.ts';
import { channelPermissions, DIRECT_MESSAGE_PERMISSIONS, has } from '../model/permissions.ts';
import { addReaction, removeReaction } from '../model/reactions.ts';
import type { ChannelRecord, MessageRecord, UserRecord } from '../model/records.ts';
import { isSelect } from '../validation/components.ts';
import { everyComponent } from '../wire/components.ts';
import { checkCount, chosenValue } from './choice.ts';
import { InteractionHandle } from './handle.ts';
import { type FormValues, modalAnswers } from './modal.ts';
import {
  findCommand,
  fullName,
  type GivenFile,
  type OptionValues,
  type SentOption,
  sendableOptions,
  typedOptions,
  underBranches,
  withoutBounds,
} from './options.ts';
import { ClientRefusal } from './refusal.ts';
import { keptFile, Lookup, type Resolved } from './resolved.ts';

/** Files of one message (developer docs, "Create Message"). */
const MOST_FILES = 10;

interface SendOptions {
  /** A fault: the interaction is lost, or comes twice. */
  readonly delivery?: Delivery;
}

interface CommandOptions extends SendOptions {
  /** Also commands that the client would not offer: server admins may allow them to anybody. */
  readonly evenIfHidden?: boolean;
  /** Also values beyond the bounds that the client keeps: a manipulated client would send them. */
  readonly evenIfInvalid?: boolean;
}

/** A message, or its id. */
export type MessageReference = string | { readonly id: string };

/** One person in one channel: does there what a person can do in a Discord client, and nothing else. */
export class Seat {
  readonly #core: Core;
  readonly user: UserRecord;
  readonly channel: ChannelRecord;

  /** @throws ClientRefusal when the person does not see the channel */
  constructor(core: Core, user: UserRecord, channel: ChannelRecord) {
    this.#core = core;
    this.user = user;
    this.channel = channel;
    if (!has(this.permissions, 'ViewChannel'))
      throw new ClientRefusal(`${user.name} does not see this channel`);
  }

  /** What the person may do here. */
  get permissions(): bigint {
    const { channel, user } = this;
    if (channel.kind === 'direct') return channel.userId === user.id ? DIRECT_MESSAGE_PERMISSIONS : 0n;
    const guild = this.#core.directory.guilds.get(channel.guildId);
    const member = guild?.members.get(user.id);
    return guild && member ? channelPermissions(guild, channel, member) : 0n;
  }

  /** The commands that the person is offered here. */
  get commands(): APIApplicationCommand[] {
    const guildId = this.#guildId;
    if (guildId !== null && !has(this.permissions, 'UseApplicationCommands')) return [];
    if (guildId !== null && !this.#core.directory.member(guildId, this.#core.applicationId)) return [];
    return this.#everyCommand.filter(
      (command) => fitsContext(command, guildId) && this.#mayUse(command, guildId),
    );
  }

  /** What the person sees here, oldest first, with the ephemeral messages that are for them. */
  get messages(): MessageRecord[] {
    const visible = [...this.channel.messages.values()].filter((message) =>
      isVisibleTo(message, this.user.id),
    );
    return has(this.permissions, 'ReadMessageHistory') ? visible : [];
  }

  /**
   * Runs a slash command: `command('/craft', { recipe: 'iron_sword', quantity: 2 })`. Users, channels and roles are
   * given by name, by id or as something that has an id.
   *
   * @throws ClientRefusal where the client would not send it
   */
  command(
    text: string,
    values: OptionValues = {},
    { delivery = 'once', evenIfHidden = false, evenIfInvalid = false }: CommandOptions = {},
  ): InteractionHandle {
    const found = findCommand(evenIfHidden ? this.#everyCommand : this.commands, text);
    const path = evenIfInvalid ? withoutBounds(found) : found;
    const resolved: Resolved = {};
    const options = sendableOptions(path, values, this.#lookup, resolved);
    const data = commandData(path.command, underBranches(path, options), resolved);
    return this.#send({ type: 2, data, commandName: fullName(path), delivery });
  }

  /**
   * Types into an option: `autocomplete('/craft', 'recipe', 'iro')`.
   *
   * @throws ClientRefusal where the client would not ask
   */
  autocomplete(
    text: string,
    option: string,
    typed: string,
    values: OptionValues = {},
    { delivery = 'once', evenIfHidden = false }: Omit<CommandOptions, 'evenIfInvalid'> = {},
  ): InteractionHandle {
    const path = findCommand(evenIfHidden ? this.#everyCommand : this.commands, text);
    const resolved: Resolved = {};
    const options = typedOptions(path, option, typed, values, this.#lookup, resolved);
    const data = commandData(path.command, underBranches(path, options), resolved);
    return this.#send({ type: 4, data, commandName: fullName(path), delivery });
  }

  /**
   * Presses a button that stands on a message.
   *
   * @param button its custom id or its label
   * @throws ClientRefusal when there is no such button, or it is disabled or a link
   */
  press(message: MessageReference, button: string, options: SendOptions = {}): InteractionHandle {
    const target = this.#visible(message);
    const buttons = everyComponent(target.components).filter(({ type }) => type === ComponentType.Button);
    const found =
      buttons.find(({ custom_id: id }) => id === button) ?? buttons.find(({ label }) => label === button);
    if (!found) {
      const there = buttons.map(({ label, custom_id: id }) => `${label} (${id})`).join(', ');
      throw new ClientRefusal(
        `There is no button "${button}" on this message. There are: ${there || 'none'}`,
      );
    }
    if (found['disabled']) throw new ClientRefusal(`The button "${button}" is disabled`);
    if (typeof found['custom_id'] !== 'string')
      throw new ClientRefusal(`The button "${button}" only opens a link`);
    return this.pressRaw(target, found['custom_id'], options);
  }

  /** Presses a button that need not be there: a custom id made up by hand, as a manipulated client would send it. */
  pressRaw(
    message: MessageReference,
    customId: string,
    { delivery = 'once' }: SendOptions = {},
  ): InteractionHandle {
    const data = { component_type: ComponentType.Button, custom_id: customId };
    return this.#send({ type: 3, data, message: this.#anyMessage(message), delivery });
  }

  /**
   * Chooses in a select.
   *
   * @param values the options' values or labels; for selects of users, channels and roles their names or ids
   * @throws ClientRefusal when the select, or a value in it, is not there, or too few or many are chosen
   */
  select(
    message: MessageReference,
    customId: string,
    values: readonly string[],
    { delivery = 'once' }: SendOptions = {},
  ): InteractionHandle {
    const target = this.#visible(message);
    const found = everyComponent(target.components)
      .filter(isSelect)
      .find(({ custom_id: id }) => id === customId);
    if (!found) throw new ClientRefusal(`There is no select "${customId}" on this message`);
    if (found['disabled']) throw new ClientRefusal(`The select "${customId}" is disabled`);
    const least = Number(found['min_values'] ?? 1);
    const most = Number(found['max_values'] ?? 1);
    checkCount(values, least, most);
    return this.#choose(target, found, values, delivery);
  }

  /**
   * Chooses in a select that the person need not see: on a message for somebody else, as a manipulated client would, or
   * one that stood on the message before it was changed, as a client would that doesn't know yet.
   */
  selectRaw(
    message: MessageReference,
    select: Readonly<Record<string, unknown>>,
    values: readonly string[],
    { delivery = 'once' }: SendOptions = {},
  ): InteractionHandle {
    return this.#choose(this.#anyMessage(message), select, values, delivery);
  }

  /**
   * Fills a modal that was the answer to an interaction, and sends it.
   *
   * @param values by the custom id of the field
   * @throws ClientRefusal when there is no modal, or a field is missing, unknown or filled in with what it does not take
   */
  submit(
    opened: InteractionHandle,
    values: FormValues,
    { delivery = 'once' }: SendOptions = {},
  ): InteractionHandle {
    if (opened.answer?.kind !== 'modal') throw new ClientRefusal('No modal is open');
    const record = this.#core.directory.interactions.get(opened.token);
    const message = record?.messageId === undefined ? undefined : this.channel.messages.get(record.messageId);
    const data = modalAnswers(opened.answer.modal, values, this.#lookup);
    return this.#send({ type: 5, data, delivery, ...(message ? { message } : {}) });
  }

  /**
   * Says something, with files if there are any.
   *
   * @throws ClientRefusal when the person may not write here, or attach files, or there are too many
   * @throws ApiError when it is empty or too long
   */
  say(
    content: string,
    {
      replyTo,
      files = [],
    }: { readonly replyTo?: MessageReference; readonly files?: readonly GivenFile[] } = {},
  ): MessageRecord {
    if (!has(this.permissions, 'SendMessages'))
      throw new ClientRefusal(`${this.user.name} may not write here`);
    if (files.length > 0 && !has(this.permissions, 'AttachFiles'))
      throw new ClientRefusal(`${this.user.name} may not attach files here`);
    if (files.length > MOST_FILES) throw new ClientRefusal(`A message has ${MOST_FILES} files at the most`);
    const reference =
      replyTo === undefined ? {} : { message_reference: { message_id: this.#visible(replyTo).id } };
    return createMessage(this.#core, {
      channel: this.channel,
      authorId: this.user.id,
      body: { content, ...reference },
      files: files.map((file) => keptFile(this.#core, file)),
      flags: 0,
    });
  }

  /** Reacts to a message, with `🔥` or `name:id`. @throws ClientRefusal where the person may not */
  react(message: MessageReference, emoji: string): void {
    if (!has(this.permissions, 'AddReactions'))
      throw new ClientRefusal(`${this.user.name} may not react here`);
    addReaction(this.#core, this.#visible(message), this.user.id, emoji);
  }

  /** Takes a reaction back. */
  unreact(message: MessageReference, emoji: string): void {
    removeReaction(this.#core, this.#visible(message), this.user.id, emoji);
  }

  get #guildId(): string | null {
    return this.channel.kind === 'guild' ? this.channel.guildId : null;
  }

  get #everyCommand(): APIApplicationCommand[] {
    return this.#core.commands.usableIn(this.#guildId).filter(({ type }) => type === 1);
  }

  get #lookup(): Lookup {
    return new Lookup(this.#core, this.channel, this.user.id);
  }

  #choose(
    message: MessageRecord,
    select: Record<string, unknown>,
    values: readonly string[],
    delivery: Delivery,
  ): InteractionHandle {
    const resolved: Resolved = {};
    const data = {
      component_type: Number(select['type']),
      custom_id: String(select['custom_id']),
      values: values.map((value) => chosenValue(select, value, this.#lookup, resolved)),
      ...(select['type'] === ComponentType.StringSelect ? {} : { resolved }),
    };
    return this.#send({ type: 3, data, message, delivery });
  }

  #visible(reference: MessageReference): MessageRecord {
    const id = typeof reference === 'string' ? reference : reference.id;
    const message = this.channel.messages.get(id);
    if (!message || !isVisibleTo(message, this.user.id)) {
      throw new ClientRefusal(`${this.user.name} sees no such message here`);
    }
    return message;
  }

  #anyMessage(reference: MessageReference): MessageRecord {
    const message = this.channel.messages.get(typeof reference === 'string' ? reference : reference.id);
    if (!message) throw new ClientRefusal('There is no such message here');
    return message;
  }

  #mayUse(command: APIApplicationCommand, guildId: string | null): boolean {
    const needed = command.default_member_permissions;
    if (guildId === null || needed === null || needed === undefined) return true;
    const wanted = BigInt(needed);
    // "0" is for administrators only ("Application Command Permissions").
    if (wanted === 0n) return has(this.permissions, 'Administrator');
    return (this.permissions & wanted) === wanted;
  }

  #send(deed: {
    readonly type: 2 | 3 | 4 | 5;
    readonly data: unknown;
    readonly delivery: Delivery;
    readonly commandName?: string;
    readonly message?: MessageRecord;
  }): InteractionHandle {
    const record = deliver(this.#core, { ...deed, user: this.user, channel: this.channel });
    return new InteractionHandle(this.#core, record);
  }
}

/** Contexts: 0 servers, 1 direct messages with the bot ("Interaction Contexts"). */
function fitsContext(command: APIApplicationCommand, guildId: string | null): boolean {
  if (command.contexts) return command.contexts.map(Number).includes(guildId === null ? 1 : 0);
  return guildId !== null || command.dm_permission !== false;
}

function commandData(command: APIApplicationCommand, options: readonly SentOption[], resolved: Resolved) {
  return {
    id: command.id,
    name: command.name,
    type: 1,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...(options.length === 0 ? {} : { options }),
    ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
  };
}
