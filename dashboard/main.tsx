import '@fontsource-variable/inter/wght.css';
import './shell/tokens.css';
import './shell/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { applyTheme, storedTheme } from './shell/theme.js';

applyTheme(storedTheme());
const place = document.getElementById('page');
if (place === null) throw new Error('the page has no place for the dashboard');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
