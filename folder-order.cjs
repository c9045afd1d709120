/**
 * The order of the folders of src/, as src/README.md shows it: a file imports only from its own folder and
 * from those named beside it. test/unit/folder-order.test.ts holds the two together.
 */
const side = ['checkpoint', 'graph'];
const ORDER = [
  { folder: 'shared', mayImport: [] },
  { folder: 'source', mayImport: ['shared'] },
  { folder: 'clip', mayImport: ['shared', 'source'] },
  { folder: 'runtime', mayImport: ['shared'] },
  { folder: 'vision', mayImport: ['shared', 'clip', 'runtime'] },
  { folder: 'language', mayImport: ['shared', 'runtime', 'vision'] },
  { folder: 'tasks', mayImport: ['shared', 'source', 'language'] },
  {
    folder: 'model',
    mayImport: ['shared', 'source', 'clip', 'runtime', 'vision', 'language', 'tasks', ...side],
  },
  {
    folder: 'pipeline',
    mayImport: ['shared', 'source', 'clip', 'runtime', 'vision', 'language', 'tasks', 'model'],
  },
  { folder: 'store', mayImport: ['shared', 'pipeline'] },
  { folder: 'delivery', mayImport: ['shared', 'pipeline', 'store'] },
  { folder: 'checkpoint', mayImport: ['shared'] },
  { folder: 'graph', mayImport: ['shared', 'checkpoint'] },
  { folder: 'evaluate', mayImport: ['shared'] },
];

module.exports = { ORDER };
