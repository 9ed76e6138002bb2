import type { z } from 'zod';
import type { DomainEvent, EventDefinition } from '../world/event.ts';

/**
 * Every event and what its data is. Each file in this folder adds its own entry:
 *
 * ```ts
 * declare module './define-event.ts' {
 *   interface DomainEvents { itemCrafted: EventOf<typeof itemCrafted> }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface DomainEvents {}

export type DomainEventName = keyof DomainEvents & string;

/** The event that a definition describes. */
export type EventOf<Definition> =
  Definition extends EventDefinition<infer Name, infer Data> ? DomainEvent<Name, Data> : never;

/** What those who run a server did, for their record. */
export interface AdminAction {
  /** Who did it. */
  readonly adminId: string;
  /** Whom it concerns; null where it is the whole server. */
  readonly userId: string | null;
  /** The event of the action that was taken back by it; null where it did something new. */
  readonly undoes: string | null;
}

export interface EventOptions<Name extends string, Schema extends z.ZodType> {
  readonly name: Name;
  /** Goes up by one when the shape of the data changes; then `upgrades` gets an entry. */
  readonly version: number;
  /** Whether the event stays in the log. Defaults to true. */
  readonly kept?: boolean;
  readonly schema: Schema;
  /** For each older version, how its data becomes that of the next one. */
  readonly upgrades?: Readonly<Record<number, (data: unknown) => unknown>>;
  /** Fields of the data with somebody's own words about the event's user: they are emptied when that one is forgotten. */
  readonly ownWords?: readonly string[];
  /** Marks what those who run a server did: it goes into their record, see `AdminLog`. */
  readonly adminAction?: (event: DomainEvent<Name, z.output<Schema>>) => AdminAction;
}

/** Describes a kind of event: its name, its data at run time and in types, and how old rows are read. */
export function defineEvent<Name extends string, Schema extends z.ZodType>(
  options: EventOptions<Name, Schema>,
): EventDefinition<Name, z.output<Schema>> {
  const { name, version, kept = true, schema, upgrades = {}, ownWords = [], adminAction } = options;
  const definition: EventDefinition<Name, z.output<Schema>> = {
    name,
    version,
    kept,
    read(data, writtenVersion) {
      if (writtenVersion > version)
        throw new Error(`${name} cannot be read in version ${writtenVersion}: this is version ${version}.`);
      let current = data;
      for (let from = writtenVersion; from < version; from++) {
        const upgrade = upgrades[from];
        if (!upgrade)
          throw new Error(`${name} cannot be read in version ${writtenVersion}: no upgrade from ${from}.`);
        current = upgrade(current);
      }
      return schema.parse(current);
    },
  };
  // It is only ever given events that the definition describes, see below.
  definitions.set(name, {
    definition,
    schema,
    ownWords,
    adminAction: adminAction as Described['adminAction'],
  });
  return definition;
}

interface Described {
  readonly definition: EventDefinition;
  readonly schema: z.ZodType;
  readonly ownWords: readonly string[];
  readonly adminAction: ((event: DomainEvent) => AdminAction) | undefined;
}

const definitions = new Map<string, Described>();

/** The definition and the schema of an event by its name; undefined for one that no code in this process knows. */
export function findEventDefinition(name: string): Described | undefined {
  return definitions.get(name);
}

/** What an event says that those who run a server did, in its definition's version; undefined for one that isn't theirs. */
export function adminActionIn(event: DomainEvent): AdminAction | undefined {
  return definitions.get(event.name)?.adminAction?.(event);
}

/** In which events somebody's own words about the event's user stand, and in which fields. */
export function ownWordsInEvents(): { readonly name: string; readonly field: string }[] {
  return [...definitions].flatMap(([name, { ownWords }]) => ownWords.map((field) => ({ name, field })));
}

/** The names of the events of what those who run a server do. */
export function adminActionNames(): string[] {
  return [...definitions].filter(([, { adminAction }]) => adminAction !== undefined).map(([name]) => name);
}

/**
 * An event that was read from the log, brought up to its definition's version.
 *
 * @throws Error when it is unknown here; ZodError when it isn't what its definition says
 */
export function upgradeEvent(event: DomainEvent): DomainEvent {
  const known = definitions.get(event.name);
  if (!known) throw new Error(`The event ${event.name} is not known here.`);
  const { definition } = known;
  return { ...event, version: definition.version, data: definition.read(event.data, event.version) };
}
