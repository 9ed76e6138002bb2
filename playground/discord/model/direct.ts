import type { Core } from '../core.ts';
import type { DirectChannelRecord } from './records.ts';

/** The direct message channel with a person; made when it is asked for the first time. */
export function openDirectChannel(core: Core, userId: string): DirectChannelRecord {
  const existing = core.directory.directChannel(userId);
  if (existing) return existing;
  const channel: DirectChannelRecord = {
    kind: 'direct',
    id: core.nextId(),
    userId,
    messages: new Map(),
    lastMessageId: null,
  };
  core.directory.channels.set(channel.id, channel);
  core.log.append({ kind: 'place', what: 'direct channel opened', id: channel.id });
  return channel;
}
