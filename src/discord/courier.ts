import { REST } from 'discord.js';
import { guardedRequests, type RequestGuard } from './requests.ts';

/** How long Discord may take for an answer. What becomes of a message is found out again, so nobody has to wait long. */
const ANSWER_WITHIN = 10_000;

/** Discord's limit over all ("Global Rate Limit"); how much of it is used is decided before (`Pacing`). */
const REQUESTS_PER_SECOND = 50;

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
