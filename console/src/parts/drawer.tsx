import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '../i18n/text';

interface DrawerProps {
  readonly open: boolean;
  readonly title: ReactNode;
  /** Called when the reader closed it. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** More about something on the page, over its end, until it is closed. */
export function Drawer({ open, title, onClose, children }: DrawerProps) {
  const text = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby={id}
      onClose={() => open && onClose()}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      {open && (
        <div className="inside">
          <header>
            <h2 id={id}>{title}</h2>
            <button type="button" onClick={() => dialog.current?.close()}>
              {text('app.close')}
            </button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  );
}
