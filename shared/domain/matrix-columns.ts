import { masterField, MASTER_FIELDS, type MasterField } from './master-fields.ts';

/**
 * Columns of the matrix: the master's fields, and the same fields once for every
 * account. Keys: `master.price`, `price@<account id>`.
 */
export type MatrixColumn =
  | { readonly key: string; readonly kind: 'master'; readonly field: MasterField }
  | {
      readonly key: string;
      readonly kind: 'channel';
      readonly field: MasterField;
      readonly accountId: string;
    };

export function masterColumn(field: MasterField): MatrixColumn {
  return { key: `master.${field.name}`, kind: 'master', field };
}

export function channelColumn(field: MasterField, accountId: string): MatrixColumn {
  return { key: `${field.name}@${accountId}`, kind: 'channel', field, accountId };
}

/** All columns in display order: the master, then account by account. */
export function matrixColumns(accountIds: readonly string[]): MatrixColumn[] {
  return [
    ...MASTER_FIELDS.map(masterColumn),
    ...accountIds.flatMap((accountId) => MASTER_FIELDS.map((field) => channelColumn(field, accountId))),
  ];
}

/** undefined: no key of a matrix column. Whether there is such an account is not looked at. */
export function parseMatrixColumn(key: string): MatrixColumn | undefined {
  const [name = '', accountId] = key.split('@', 2);
  if (accountId !== undefined) {
    const field = masterField(name);
    return field && accountId !== '' ? channelColumn(field, accountId) : undefined;
  }
  const field = key.startsWith('master.') ? masterField(key.slice('master.'.length)) : undefined;
  return field && masterColumn(field);
}
