/** A copy without the keys whose value is `null`, at every depth: Discord takes `null` for "not given". */
export function withoutNulls<Value>(value: Value): Value {
  // The copy has the type of what it was made from: in types made of optional fields, absent is one of the values.
  return strip(value) as Value;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => entry !== null).map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null && entry !== undefined)
      .map(([key, entry]) => [key, strip(entry)]),
  );
}
