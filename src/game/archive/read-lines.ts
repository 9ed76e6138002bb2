import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ImportRefused } from './refused.ts';

/** The longest line that is read, in bytes: a hundred times what any row takes. */
export const LONGEST_LINE = 256 * 1024;

/** How deep a row may be nested; none is deeper than a handful. */
const DEEPEST = 16;

/** Names that would reach behind an object. */
const REACHING = new Set(['__proto__', 'constructor', 'prototype']);

/** A line of the file. */
export interface ReadLine {
  /** The first is 1. */
  readonly number: number;
  readonly content: unknown;
  /** The SHA-256 of all lines before this one. */
  before(): string;
}

/**
 * Unpacks a file and reads it line by line, without ever holding more than a line of it.
 *
 * @param mostUnpacked how many bytes it may unpack to
 * @throws ImportRefused when it is no such file, or is made to do harm
 */
export async function* readLines(packed: Readable, mostUnpacked: number): AsyncGenerator<ReadLine> {
  const hash = createHash('sha256');
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  let unpacked = 0;
  for await (const chunk of unpack(packed)) {
    unpacked += chunk.length;
    if (unpacked > mostUnpacked) throw new ImportRefused(`It unpacks to more than ${mostUnpacked} bytes.`);
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const bytes = rest.subarray(0, end);
      rest = rest.subarray(end + 1);
      const line = ++number;
      const before = hash.copy();
      yield { number: line, content: parse(bytes, line), before: () => before.digest('hex') };
      hash.update(bytes).update('\n');
    }
    if (rest.length > LONGEST_LINE) throw tooLong(number + 1);
  }
  if (rest.length > 0) throw new ImportRefused('The file is cut off in the middle of this line.', number + 1);
}

async function* unpack(packed: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  packed.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of packed.pipe(gunzip)) yield chunk as Buffer;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'Z_BUF_ERROR') throw new ImportRefused('The file is cut off.');
    if (typeof code === 'string' && code.startsWith('Z_'))
      throw new ImportRefused('The file is not packed by gzip, or it is damaged.');
    throw error;
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

function parse(bytes: Buffer, line: number): unknown {
  if (bytes.length > LONGEST_LINE) throw tooLong(line);
  try {
    const content: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    requireHarmless(content, line, 0);
    return content;
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    throw new ImportRefused('This is no JSON.', line);
  }
}

function requireHarmless(value: unknown, line: number, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST) throw new ImportRefused(`It is nested more than ${DEEPEST} deep.`, line);
  for (const [key, part] of Object.entries(value)) {
    if (REACHING.has(key)) throw new ImportRefused(`Nothing may be called "${key}".`, line);
    requireHarmless(part, line, depth + 1);
  }
}

function tooLong(line: number): ImportRefused {
  return new ImportRefused(`It is longer than ${LONGEST_LINE} bytes.`, line);
}
