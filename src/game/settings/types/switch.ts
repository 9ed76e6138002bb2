import { z } from 'zod';

/** On or off. */
export interface SwitchType {
  readonly kind: 'switch';
  readonly schema: z.ZodType<boolean>;
}

export function onOff(): SwitchType {
  return { kind: 'switch', schema: z.boolean() };
}
