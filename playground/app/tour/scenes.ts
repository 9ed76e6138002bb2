import type { Scene } from '../../scenes/scene.ts';

/** Every scene: each file of `playground/scenes` that has one. */
export const SCENES: readonly Scene[] = Object.values(
  import.meta.glob<Scene>(['../../scenes/*.ts', '!../../scenes/scene.ts'], { eager: true, import: 'scene' }),
);
