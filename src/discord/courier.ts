import { REST } from 'discord.js';
import { guardedRequests, type RequestGuard } from './requests.ts';

/** How long Discord may take for an answer. What becomes of a message is found out again, so nobody has to wait long. */
export const ANSWER_WITHIN = 10_000;

/**
 * As with the client (`REQUESTS_PER_SECOND` there): twice this may fall into one of Discord's seconds, and together with
 * the client's it stays below Discord's 50 ("Global Rate Limit"). `Pacing` counts messages; looking for one that may have
 * arrived is a request more.
 */
const REQUESTS_PER_SECOND = 12;

/**
 * The way to Discord for what jobs send. It obeys the limits in Discord's answers as the client does, but never waits
 * and never tries again by itself: a job that may not send yet comes back later and holds no worker meanwhile.
 */
export function createCourier(token: string, apiUrl: string, guard: RequestGuard): REST {
  const courier = new REST({
    version: '10',
    api: apiUrl,
    retries: 0,
    timeout: ANSWER_WITHIN,
    globalRequestsPerSecond: REQUESTS_PER_SECOND,
    rejectOnRateLimit: () => true,
    makeRequest: guardedRequests(guard, () => courier.setToken(token)),
  });
  return courier.setToken(token);
}
