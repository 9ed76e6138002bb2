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

export interface EventOptions<Name extends string, Schema extends z.ZodType> {
  readonly name: Name;
  /** Goes up by one when the shape of the data changes; then `upgrades` gets an entry. */
  readonly version: number;
  /** Whether the event stays in the log. Defaults to true. */
  readonly kept?: boolean;
  readonly schema: Schema;
  /** For each older version, how its data becomes that of the next one. */
  readonly upgrades?: Readonly<Record<number, (data: unknown) => unknown>>;
}

/** Describes a kind of event: its name, its data at run time and in types, and how old rows are read. */
export function defineEvent<Name extends string, Schema extends z.ZodType>(
  options: EventOptions<Name, Schema>,
): EventDefinition<Name, z.output<Schema>> {
  const { name, version, kept = true, schema, upgrades = {} } = options;
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
  definitions.set(name, { definition, schema });
  return definition;
}

interface Described {
  readonly definition: EventDefinition;
  readonly schema: z.ZodType;
}

const definitions = new Map<string, Described>();

/** The definition and the schema of an event by its name; undefined for one that no code in this process knows. */
export function findEventDefinition(name: string): Described | undefined {
  return definitions.get(name);
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
