import { engagementRewarded } from '../../events/engagementRewarded.ts';
import type { DomainEvent } from '../../world/event.ts';

/** What XP from taking part is granted for, as `xpGranted` and `userLeveledUp` say it. */
export const ENGAGEMENT = 'engagement';

/** Whether an event is a reward for taking part in the chat, or the XP or the level that came of one. */
export function isOfEngagement({ name, data }: Pick<DomainEvent, 'name' | 'data'>): boolean {
  return name === engagementRewarded.name || (data as { readonly reason?: unknown }).reason === ENGAGEMENT;
}
