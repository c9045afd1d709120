import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { applyTheme, storedTheme, type Theme } from './theme.js';

const CHOICES = [
  { theme: 'light', name: 'Light', Icon: Sun },
  { theme: 'system', name: 'As the system', Icon: Monitor },
  { theme: 'dark', name: 'Dark', Icon: Moon },
] as const;

/** Chooses light or dark. */
export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  return (
    <div className="themes" role="group" aria-label="Colours">
      {CHOICES.map(({ theme: choice, name, Icon }) => (
        <button
          key={choice}
          type="button"
          aria-label={name}
          title={name}
          aria-pressed={theme === choice}
          onClick={() => {
            applyTheme(choice);
            setTheme(choice);
          }}
        >
          <Icon size={15} aria-hidden />
        </button>
      ))}
    </div>
  );
}
