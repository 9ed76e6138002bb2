import { be, bend, command, panel, picture, type Scene, see, speed, tell } from './scene.ts';

/** Somebody new makes their first item. */
export const scene: Scene = {
  name: 'first-craft',
  title: 'The first craft',
  summary: 'Somebody new types /craft, watches the time run down, and gets what they made.',
  server: 'The Hearth',
  cast: ['Odette', 'Pip'],
  channels: ['workshop'],
  steps: [
    speed(1),
    panel('people'),
    be('Pip', 'workshop'),
    tell('Pip is new here. Forgeling has given everybody a handful of materials to begin with.'),
    command('/craft', { recipe: 'Oak Plank', quantity: '1' }),
    see('You start on'),
    tell(
      'The materials are taken, and the time until it is ready counts down. Pip can cancel as long as it runs.',
    ),
    picture('first-craft-started'),
    bend('finish'),
    see('your craft is ready'),
    tell(
      'It is told in the channel in which it was ordered, with what it was worth, and with a button to do it again.',
    ),
    panel('inside'),
    tell(
      'At the right is what happened inside: the transaction, its events, who reacted to them, and the jobs.',
    ),
    picture('first-craft'),
    command('/inventory'),
    see('Oak Plank'),
    tell('The planks are in the inventory, and the next recipes wait.'),
  ],
};
