import type { ServerResponse } from 'node:http';
import type { FileRecord } from '../model/records.ts';

const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Sends a file that a bot or a person uploaded, in a way that no browser takes for a page of ours. */
export function sendFile(response: ServerResponse, file: FileRecord | undefined): void {
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  const shown = SHOWN.includes(file.contentType);
  response
    .writeHead(200, {
      'content-type': shown ? file.contentType : 'application/octet-stream',
      'content-length': file.content.byteLength,
      'content-disposition': shown ? 'inline' : 'attachment',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    .end(file.content);
}
