import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import '@skyra/discord-components-core/discord-mention.js';
import '@skyra/discord-components-core/discord-time.js';
import { DiscordAuthorInfo } from '@skyra/discord-components-core/discord-author-info.js';
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js';
import { DiscordMention } from '@skyra/discord-components-core/discord-mention.js';
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import { DiscordMessages } from '@skyra/discord-components-core/discord-messages.js';
import { DiscordVerifiedAuthorTag } from '@skyra/discord-components-core/discord-verified-author-tag.js';
import { type CSSResult, css, type LitElement } from 'lit';

/**
 * What the components of the library look like here. Their own colours are those of an older Discord, and too pale to
 * be read by everybody (WCAG 1.4.3): the page's colours take their place.
 */
const OURS: readonly (readonly [typeof LitElement, CSSResult])[] = [
  [
    DiscordMessages,
    css`
      :host {
        border: 0;
        color: var(--text) !important;
        background: none !important;
        line-height: 1.4;
        font-family: var(--font) !important;
      }
    `,
  ],
  [
    DiscordMessage,
    css`
      :host {
        color: var(--text) !important;
        padding-block: 0.25rem;
        font-size: 1rem;
        font-family: var(--font) !important;
      }
      @media (max-width: 44rem) {
        :host {
          padding-inline-end: 1rem !important;
        }
      }
      :host(:hover) {
        background-color: var(--raised) !important;
      }
      :host([highlight]) {
        background-color: var(--ping) !important;
      }
      .discord-message-timestamp,
      .discord-message-edited {
        color: var(--muted) !important;
      }
      :host([message-body-only]) {
        padding-block: 0 0.25rem !important;
      }
      .discord-message-inner {
        min-width: 0;
        align-items: normal;
      }
      .discord-message-body-only-indent {
        flex: none;
        margin: 0;
        padding-block-start: 0.3rem;
        text-align: center;
      }
      .discord-message-content {
        min-width: 0;
        overflow-wrap: anywhere;
      }
    `,
  ],
  [
    DiscordAuthorInfo,
    css`
      :host .discord-author-username {
        color: var(--text);
      }
      .discord-application-tag {
        background-color: var(--primary) !important;
      }
    `,
  ],
  [
    DiscordVerifiedAuthorTag,
    css`
      .discord-application-tag {
        background-color: var(--primary) !important;
      }
    `,
  ],
  [
    DiscordEmbed,
    css`
      :host {
        color: var(--text) !important;
        font-size: 0.9375rem;
        max-width: 100%;
      }
      .discord-embed-root {
        min-width: 0;
      }
      .discord-embed-wrapper {
        background-color: var(--raised) !important;
        border-color: var(--line) !important;
      }
      .discord-embed-author,
      .discord-embed-author a {
        color: var(--text) !important;
      }
      .discord-embed-grid {
        /* What is beside, a thumbnail, has its own column; a footer that spans both takes nothing from the first. */
        grid-template-columns: 1fr auto !important;
      }
      .discord-embed-image {
        max-width: 100% !important;
      }
    `,
  ],
  [
    DiscordMention,
    css`
      :host {
        color: var(--mention-text) !important;
        background-color: var(--mention) !important;
        cursor: inherit;
      }
    `,
  ],
];

for (const [component, styles] of OURS) component.elementStyles.push(styles);
