import { LISTING_FIELDS, type ImageValue } from '#shared/domain/listing-fields.ts';
import { PRODUCT_HEADER, toImagesText, toListText } from '../import/generic-rows.ts';
import { ID_HEADER } from '../import/header.ts';
import { fieldText, type ExportProduct } from './export-product.ts';
import { withRest, type CellRow, type FileLayout, type Survey } from './file-layout.ts';

/** One row a listing, one column a field, named as the fields are. */
export function genericLayout(survey: Survey): FileLayout {
  const own = [ID_HEADER, PRODUCT_HEADER, 'variant', ...LISTING_FIELDS.map(({ name }) => name)];
  return {
    headers: [...own, ...[...survey.rest].filter((header) => !own.includes(header))],
    numeric: new Set(
      LISTING_FIELDS.filter(({ type }) => ['money', 'integer', 'decimal'].includes(type)).map(
        ({ name }) => name,
      ),
    ),
    rows: (product) => product.listings.map((listing) => rowOf(product, listing)),
  };
}

function rowOf(product: ExportProduct, listing: ExportProduct['listings'][number]): CellRow {
  const row: CellRow = { [ID_HEADER]: listing.id, [PRODUCT_HEADER]: product.id, variant: listing.variant };
  for (const field of LISTING_FIELDS) {
    const stored = (field.entity === 'product' ? product : listing).fields[field.name];
    const value = fieldText(field, stored, product.currency);
    if (value === null) continue;
    if (typeof value === 'string') row[field.name] = value;
    else if (field.type === 'images') row[field.name] = toImagesText(value as readonly ImageValue[]);
    else row[field.name] = toListText(value as readonly string[]);
  }
  return withRest(withRest(row, listing.rest), product.rest);
}
