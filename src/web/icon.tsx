import type { Html } from './html.ts';

/** Drawn by ourselves, in the colour of the text around: many machines have no font with pictures. 16 × 16 strokes. */
const paths = {
  ticket: 'M2 4.5h12v2.2a1.5 1.5 0 0 0 0 2.6v2.2H2V9.3a1.5 1.5 0 0 0 0-2.6zM9.5 4.5v7',
  lock: 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  clip: 'M12.5 7.5 7.6 12.4a2.8 2.8 0 0 1-4-4L9 3a1.9 1.9 0 0 1 2.7 2.7L6.5 10.9a.9.9 0 0 1-1.3-1.3L9.6 5.2',
  done: 'M3 8.5 6.5 12 13 4.5',
  question: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8M8 12.6v.1',
  thread: 'M2.5 3.5h11v7H8L5 13v-2.5H2.5z',
  edit: 'M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2zM9.5 4.3l2.2 2.2',
  bin: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  close: 'M4 4l8 8M12 4l-8 8',
} as const;

export type IconName = keyof typeof paths;

/** A picture beside or instead of words. Without a `label` it says nothing to those who do not see it. */
export function Icon({ name, label }: { name: IconName; label?: string }): Html {
  const shape = <path d={paths[name]} />;
  const frame = { class: `icon icon-${name}`, viewBox: '0 0 16 16' };
  return label === undefined ? (
    <svg aria-hidden="true" {...frame}>
      {shape}
    </svg>
  ) : (
    <svg role="img" aria-label={label} {...frame}>
      {shape}
    </svg>
  );
}
