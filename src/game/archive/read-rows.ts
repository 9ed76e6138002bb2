import { createInsertSchema } from 'drizzle-zod';
import { z } from 'zod';
import { findEventDefinition } from '../../events/define-event.ts';
import { channelIdSchema } from '../settings/types/channel.ts';
import { type ArchivedTable, archivedTables } from './format.ts';
import { ImportRefused } from './refused.ts';

/** A row of a file, which is what its table says, as far as that can be told of one row. */
export interface ReadRow {
  readonly archived: ArchivedTable;
  readonly row: Readonly<Record<string, unknown>>;
}

/** More than there will ever be of anything: all that a file can hold adds up without leaving what SQLite can count. */
const MOST = 1_000_000_000_000;

/** No moment lies before 1970 or after 2100, as its days and weeks are counted. */
const moment = z.int().min(0, 'is no moment').max(Date.UTC(2100, 0), 'is no moment');

/** A channel as Discord names it: anything else would be taken for somebody's direct messages. */
const channel = channelIdSchema;

const person = z.string().regex(/^\d{0,21}$/, 'is no id');

const lineSchema = z.tuple([z.string(), z.record(z.string(), z.unknown())]);

const readers = new Map(archivedTables.map((archived) => [archived.stored.name, readerOf(archived)]));

/**
 * Reads a line that holds a row.
 *
 * @throws ImportRefused with what is wrong about it
 */
export function readRow(content: unknown, line: number): ReadRow {
  const { data } = lineSchema.safeParse(content);
  if (!data) throw new ImportRefused('A table and a row were expected.', line);
  const [name, row] = data;
  const reader = readers.get(name);
  if (!reader) throw new ImportRefused(`There is no table "${name}" that could be imported.`, line);
  return reader(row, line);
}

function readerOf(archived: ArchivedTable): (row: Record<string, unknown>, line: number) => ReadRow {
  const { name } = archived.stored;
  const schema = schemaOf(archived);
  return (row, line) => {
    const result = schema.safeParse(row);
    if (!result.success) throw new ImportRefused(`${name}: ${firstProblem(result.error)}`, line);
    const beyond = Object.entries(row).find(
      ([column, value]) => typeof value === 'number' && Math.abs(value) > MOST && !isMoment(column),
    );
    if (beyond) throw new ImportRefused(`${name}: ${beyond[0]} is beyond all measure.`, line);
    if (name === 'events') requireKnownEvent(row, line);
    return { archived, row };
  };
}

function schemaOf({ stored: { table, notes }, columns }: ArchivedTable): z.ZodType {
  const usual = Object.entries(columns).flatMap(([name, column]) => {
    const rule = ruleOf(name);
    return rule ? [[name, column.notNull ? rule : rule.nullish()] as const] : [];
  });
  const refined = { ...Object.fromEntries(usual), ...notes.shapes };
  const schema = createInsertSchema(table, refined as Parameters<typeof createInsertSchema>[1]);
  const shape = Object.entries(schema.shape as Record<string, z.ZodType>);
  return z.strictObject(Object.fromEntries(shape.filter(([column]) => Object.hasOwn(columns, column))));
}

/** What a column holds, by its name, whatever the table. */
function ruleOf(column: string): z.ZodType | undefined {
  if (column === 'userId') return person;
  if (column === 'channelId') return channel;
  return isMoment(column) ? moment : undefined;
}

/** Columns with moments are named after what happened then; a minute of taking part is named by its beginning. */
function isMoment(column: string): boolean {
  return column === 'minute' || /[a-z]At$/.test(column);
}

/** An event that nobody here could read would stop whatever is made of the log. */
function requireKnownEvent({ name, version, data }: Record<string, unknown>, line: number): void {
  const known = findEventDefinition(String(name));
  if (!known) throw new ImportRefused(`The event ${String(name)} is not known to this version.`, line);
  try {
    known.definition.read(data, Number(version));
  } catch (error) {
    const reason = error instanceof z.ZodError ? firstProblem(error) : (error as Error).message;
    throw new ImportRefused(`The data of ${String(name)} are not such an event’s: ${reason}`, line);
  }
}

function firstProblem({ issues: [issue] }: z.ZodError): string {
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'it does not fit';
}
