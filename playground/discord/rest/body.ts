import type { IncomingMessage } from 'node:http';
import { refusals } from '../errors.ts';
import type { FileRecord } from '../model/records.ts';

/** Bytes of a request with files (developer docs, "Uploading Files": 10 MiB each without boosts; ten files). */
const MOST_BYTES = 100 * 1024 * 1024;
const MOST_BYTES_PER_FILE = 10 * 1024 * 1024;

/** What came with a request. */
export interface RequestBody {
  readonly json: unknown;
  readonly files: readonly FileRecord[];
}

/**
 * Reads JSON or `multipart/form-data` with `payload_json` and `files[n]` (developer docs, "Uploading Files").
 *
 * @throws ApiError 50109 for JSON that cannot be read, 40005 for too much of it
 */
export async function readBody(request: IncomingMessage, nextId: () => string): Promise<RequestBody> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return { json: undefined, files: [] };
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { json: parse(bytes.toString()), files: [] };
  return readForm(bytes, type, nextId);
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MOST_BYTES) throw refusals.tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function readForm(bytes: Buffer, type: string, nextId: () => string): Promise<RequestBody> {
  // The platform's own reader of multipart bodies.
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw refusals.badRequest();
    });
  const files: FileRecord[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string' || !/^files\[\d+\]$/.test(name)) continue;
    const content = new Uint8Array(await value.arrayBuffer());
    if (content.byteLength > MOST_BYTES_PER_FILE) throw refusals.tooLarge();
    const contentType = value.type || 'application/octet-stream';
    files.push({ id: nextId(), name: value.name, contentType, content });
  }
  const json = form.get('payload_json');
  return { json: typeof json === 'string' ? parse(json) : Object.fromEntries(form), files };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusals.unreadableJson();
  }
}
