import { MessageFlags } from 'discord-api-types/v10';
import type { Core } from '../core.ts';
import type { AutocompleteChoice, FirstAnswer, InteractionRecord, MessageRecord } from '../model/records.ts';
import { type WaitOptions, waitFor } from '../waiting.ts';

/** Something that a person did, and what the bot makes of it. */
export class InteractionHandle {
  readonly #core: Core;
  readonly #record: InteractionRecord;
  /** The bot's first answer. Rejects with `NoResponse` after three seconds. */
  readonly answered: Promise<FirstAnswer>;

  constructor(core: Core, record: InteractionRecord) {
    this.#core = core;
    this.#record = record;
    this.answered = record.first.promise;
  }

  get id(): string {
    return this.#record.id;
  }

  get token(): string {
    return this.#record.token;
  }

  get state(): InteractionRecord['state'] {
    return this.#record.state;
  }

  /** The answer as far as there is one. */
  get answer(): FirstAnswer | undefined {
    return this.#record.answer;
  }

  /** What `@original` stands for now; `undefined` before the answer, and when it was deleted. */
  get original(): MessageRecord | undefined {
    return this.#core.directory.message(this.#record.channelId, this.#record.originalId ?? '');
  }

  /** What the bot has said after its answer, without what was deleted. */
  get followUps(): MessageRecord[] {
    return this.#record.followUpIds.flatMap(
      (id) => this.#core.directory.message(this.#record.channelId, id) ?? [],
    );
  }

  /**
   * The message that the bot answered with, or changed. After a deferral this waits until it was filled.
   *
   * @throws NoResponse when there was no answer in time
   * @throws Error when the answer was no message
   */
  async message(options: WaitOptions = {}): Promise<MessageRecord> {
    const answer = await this.answered;
    if (!('messageId' in answer)) throw new Error(`the answer was ${answer.kind}, not a message`);
    if (answer.kind !== 'deferred' && answer.kind !== 'deferredUpdate') return this.#requireOriginal();
    const changed = () => {
      const original = this.#requireOriginal();
      if (answer.kind === 'deferred') return (original.flags & MessageFlags.Loading) === 0 && original;
      return original.revision > answer.revision && original;
    };
    return waitFor(this.#core.log, changed, { what: 'filling the deferred answer', ...options });
  }

  /**
   * The choices that the bot offers.
   *
   * @throws NoResponse when there was no answer in time
   * @throws Error when this was no autocompletion
   */
  async choices(): Promise<readonly AutocompleteChoice[]> {
    const answer = await this.answered;
    if (answer.kind !== 'choices') throw new Error(`the answer was ${answer.kind}, not choices`);
    return answer.choices;
  }

  /** Waits until the bot has said this many things after its answer. */
  followUpCount(count: number, options: WaitOptions = {}): Promise<MessageRecord[]> {
    const enough = () => this.followUps.length >= count && this.followUps;
    return waitFor(this.#core.log, enough, { what: `${count} follow-ups`, ...options });
  }

  #requireOriginal(): MessageRecord {
    const { original } = this;
    if (!original) throw new Error('the answer was deleted');
    return original;
  }
}
