import { be, choose, command, panel, picture, press, type Scene, see, speed, tell } from './scene.ts';

/** The first minutes in a server that has just invited the bot. */
export const scene: Scene = {
  name: 'server-setup',
  title: 'A new server',
  summary: 'The bot says hello in a server that invited it, and an admin sets it up by one button.',
  server: 'The Kiln',
  cast: ['Odette', 'Mira'],
  channels: ['announcements'],
  steps: [
    speed(1),
    panel('people'),
    be('Odette', 'general'),
    see('Forgeling'),
    tell('The bot has just been invited. It says hello once, where it may write, and offers to be set up.'),
    picture('hello'),
    press('Set up'),
    see('Choose where I announce'),
    choose('#announcements'),
    see('announcements'),
    picture('setup'),
    press('Done'),
    see('I am set up'),
    tell('That was all. Every other setting can be seen and changed in one panel.'),
    command('/config panel'),
    see('How I am set up'),
    picture('settings'),
  ],
};
