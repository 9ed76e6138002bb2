import type { Catalog, CatalogSource } from './catalog.ts';

/** What follows from the content, worked out once for each catalog that comes into force. */
export function perCatalog<Derived>(
  source: CatalogSource,
  derive: (catalog: Catalog) => Derived,
): () => Derived {
  let known: { readonly catalog: Catalog; readonly derived: Derived } | undefined;
  return () => {
    const catalog = source.current;
    if (known?.catalog !== catalog) known = { catalog, derived: derive(catalog) };
    return known.derived;
  };
}
