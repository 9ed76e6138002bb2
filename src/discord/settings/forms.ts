import type { SettingDefinition } from '../../game/settings/definitions.ts';
import type { SettingKind, SettingType } from '../../game/settings/setting-type.ts';
import { channelForm } from './forms/channel.ts';
import { channelsForm } from './forms/channels.ts';
import { choiceForm } from './forms/choice.ts';
import { decimalForm } from './forms/decimal.ts';
import { factorForm } from './forms/factor.ts';
import { integerForm } from './forms/integer.ts';
import { languageForm } from './forms/language.ts';
import { quietHoursForm } from './forms/quiet-hours.ts';
import { roleForm } from './forms/role.ts';
import { routeForm } from './forms/route.ts';
import { switchForm } from './forms/switch.ts';
import type { FormOf, SettingForm } from './setting-form.ts';

/** The form of each type; a type without one does not compile. */
const FORMS: { readonly [Kind in SettingKind]: FormOf<Extract<SettingType, { readonly kind: Kind }>> } = {
  channel: channelForm,
  channels: channelsForm,
  choice: choiceForm,
  decimal: decimalForm,
  factor: factorForm,
  integer: integerForm,
  language: languageForm,
  quietHours: quietHoursForm,
  role: roleForm,
  route: routeForm,
  switch: switchForm,
};

/** How a setting is asked for and shown. */
export function formOf({ type }: SettingDefinition): SettingForm {
  // The table pairs each kind with its form; the compiler cannot follow that through the index.
  return FORMS[type.kind] as SettingForm;
}
