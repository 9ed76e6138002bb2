import mittModule, { type Emitter, type EventType } from 'mitt';

/** mitt 3.0.1's types describe a CommonJS module, its code is an ES module: the cast says what is really there. */
export const mitt = mittModule as unknown as <Events extends Record<EventType, unknown>>() => Emitter<Events>;

export type { Emitter };
