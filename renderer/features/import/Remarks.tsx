import { Table } from '@mantine/core';
import { useMemo } from 'react';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { useHasText, useText } from '../../lib/text.ts';
import { Num } from '../../ui/Num.tsx';
import styles from './import.module.css';

type Remark = ImportPlan['warnings'][number];

/** Rows with something to say, by what it is; the engine's own words name the row's values. */
export function Remarks({
  remarks,
  total,
  empty,
}: {
  readonly remarks: readonly Remark[];
  /** How many there are when only some are listed. */
  readonly total?: number | undefined;
  readonly empty: string;
}) {
  const t = useText();
  const has = useHasText();
  const groups = useMemo(() => groupByCode(remarks), [remarks]);
  if (remarks.length === 0) return <p className={styles['none']}>{empty}</p>;
  return (
    <div className={styles['tableBox']}>
      {groups.map(([code, rows]) => (
        <section key={code} className={styles['remarks']}>
          <h3>
            {has(`import.remark.${code}`) ? t(`import.remark.${code}`) : code} · <Num value={rows.length} />
          </h3>
          <Table>
            <Table.Thead className="qs-hidden">
              <Table.Tr>
                <Table.Th>{t('import.remarks.row')}</Table.Th>
                <Table.Th>{t('import.field.sku')}</Table.Th>
                <Table.Th>{t('import.remarks.detail')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ row, sku, message }, index) => (
                <Table.Tr key={index}>
                  <Table.Td className={styles['rowNumber']}>
                    {row > 1
                      ? t('import.remarks.rowNumber', { row })
                      : row === 1
                        ? t('import.remarks.file')
                        : ''}
                  </Table.Td>
                  <Table.Td className={`qs-mono ${styles['sku']}`}>{sku ?? ''}</Table.Td>
                  <Table.Td className="qs-selectable">{message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
      {total !== undefined && total > remarks.length && (
        <p className={styles['hint']}>{t('import.remarks.more', { count: total - remarks.length })}</p>
      )}
    </div>
  );
}

function groupByCode(remarks: readonly Remark[]): [string, Remark[]][] {
  const groups = new Map<string, Remark[]>();
  for (const remark of remarks) {
    const group = groups.get(remark.code);
    if (group) group.push(remark);
    else groups.set(remark.code, [remark]);
  }
  return [...groups];
}
