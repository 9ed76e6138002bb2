import { z } from 'zod';

export interface Errand {
  id: string;
  /** Whatever a test wants to tell apart. */
  note?: unknown;
}

declare module '../../src/world/outbox.ts' {
  interface JobPayloads {
    /** A job of the pool that touches only the world. */
    stokeForge: Errand;
    /** A job of the pool that reaches outside. */
    sendRaven: Errand;
    /** A task that no bot here knows. */
    unknownTask: Errand;
  }
}

export const errand = z.object({ id: z.string(), note: z.unknown().optional() });
