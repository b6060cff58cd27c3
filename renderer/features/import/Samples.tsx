import { Table } from '@mantine/core';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { useText } from '../../lib/text.ts';
import styles from './import.module.css';
import { useFieldLabel } from './use-field-label.ts';

type Sample = ImportPlan['samples'][number];

/** Examples of the rows as they would be, with what stands there now. */
export function Samples({ samples }: { readonly samples: readonly Sample[] }) {
  const t = useText();
  if (samples.length === 0) return <p className={styles['none']}>{t('import.samples.none')}</p>;
  return (
    <div className={styles['tableBox']}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={styles['action']}>{t('import.samples.action')}</Table.Th>
            <Table.Th className={styles['sku']}>{t('import.field.sku')}</Table.Th>
            <Table.Th className={styles['product']}>{t('import.samples.product')}</Table.Th>
            <Table.Th>{t('import.samples.cells')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {samples.map((sample, index) => (
            <Table.Tr key={index}>
              <Table.Td>
                <span className={styles['badge']} data-action={sample.action}>
                  {t(`import.action.${sample.action}`)}
                </span>
              </Table.Td>
              <Table.Td className="qs-mono">{sample.sku ?? <span className="qs-muted">–</span>}</Table.Td>
              <Table.Td>
                {sample.title}
                {sample.variant !== '' && <span className="qs-muted"> · {sample.variant}</span>}
              </Table.Td>
              <Table.Td>
                <Cells sample={sample} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Cells({ sample }: { readonly sample: Sample }) {
  const t = useText();
  const label = useFieldLabel();
  if (sample.changes.length === 0) return <span className="qs-muted">{t('import.samples.same')}</span>;
  return (
    <ul className={styles['cells']}>
      {sample.changes
        // The title and the SKU of a new row stand in their own columns.
        .filter(({ field }) => sample.action !== 'create' || (field !== 'sku' && field !== 'title'))
        .map(({ field, before, after }) => (
          <li key={field}>
            <span className={styles['field']}>{label(field)}</span>{' '}
            {sample.action === 'change' && (
              <>
                <del className={styles['before']}>
                  {before === '' ? t('import.samples.blank') : <Clipped text={before} />}
                </del>{' '}
                <span aria-hidden="true">→</span>{' '}
              </>
            )}
            <ins className={styles['after']}>
              <Clipped text={after} />
            </ins>
          </li>
        ))}
    </ul>
  );
}

function Clipped({ text }: { readonly text: string }) {
  return (
    <span className={styles['clipped']} title={text}>
      {text}
    </span>
  );
}
