import { CodedError, type ErrorCode } from '#shared/errors/coded-error.ts';
import { useText } from '../../lib/text.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Button } from '@mantine/core';
import { ColumnTable } from './ColumnTable.tsx';
import { DropZone } from './DropZone.tsx';
import { fileName, shownColumns, type ImportFlow } from './import-flow.ts';
import { ImportOptions } from './ImportOptions.tsx';
import { ImportProgress } from './ImportProgress.tsx';
import { ImportResult } from './ImportResult.tsx';
import { PlanView } from './PlanView.tsx';
import styles from './import.module.css';
import type { ImportControl } from './use-import.ts';

/** The steps of an import: choose, look at what it would do, import, result. */
export function ImportPanel({ control }: { readonly control: ImportControl }) {
  const { flow } = control;
  if (flow.step === 'choose') return <DropZone choose={control.choose} />;
  if (flow.step === 'done') return <ImportResult flow={flow} control={control} />;
  return (
    <div className={styles['panel']}>
      <ImportOptions flow={flow} control={control} />
      {flow.step === 'applying' && <ImportProgress name={fileName(flow.request.file)} />}
      {flow.step === 'previewing' && <Reading flow={flow} control={control} />}
      {flow.step === 'failed' && <Failed flow={flow} control={control} />}
      {flow.step !== 'failed' && flow.plan !== null && (
        <PlanView flow={flow} plan={flow.plan} control={control} />
      )}
    </div>
  );
}

function Reading({
  flow,
  control,
}: {
  readonly flow: ImportFlow & { step: 'previewing' };
  readonly control: ImportControl;
}) {
  const t = useText();
  return (
    <ImportProgress
      name={t('import.preview.reading', { file: fileName(flow.request.file) })}
      onStop={control.stopPreview}
    />
  );
}

/** Why the file cannot be imported; where choosing the columns helps, they are here. */
function Failed({
  flow,
  control,
}: {
  readonly flow: ImportFlow & { step: 'failed' };
  readonly control: ImportControl;
}) {
  const t = useText();
  const columns = shownColumns(flow);
  const { error, request } = flow;
  const asked = request.format !== undefined && request.format !== 'generic';
  const mappable = error.code === 'FILE_FORMAT' && columns.length > 0 && !asked;
  return (
    <div className={styles['failed']}>
      <ErrorNotice
        error={new CodedError(error.code as ErrorCode, error.message)}
        onRetry={() => control.change({})}
      />
      {asked && error.code === 'FILE_FORMAT' && (
        <div>
          <Button variant="default" onClick={() => control.change({ format: undefined, mapping: undefined })}>
            {t('import.recognise')}
          </Button>
        </div>
      )}
      {mappable && (
        <>
          <p className="qs-muted">{t('import.columns.choose')}</p>
          <ColumnTable columns={columns} editable onMap={control.map} />
        </>
      )}
    </div>
  );
}
