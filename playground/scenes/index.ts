import type { Scene } from './scene.ts';

/** Every scene: each file in this folder that has one. */
export const SCENES: readonly Scene[] = Object.values(
  import.meta.glob<Scene>(['./*.ts', '!./scene.ts', '!./index.ts'], { eager: true, import: 'scene' }),
);
