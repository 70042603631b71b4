import { builtRepositories } from '../code-places.js';
import type { Technique } from '../technique.js';

/** Push to a repository that is built. */
export const pushCommit: Technique = {
  id: 'X39',
  title: 'Push to a repository that is built',
  documentation: [
    'AWS CodeCommit User Guide, "CodeCommit permissions reference"',
    'AWS CodeBuild API Reference, "ProjectSource"',
  ],
  gain: 'become',
  needs: [{ action: 'codecommit:GitPush', on: 'repository' }],
  prerequisite: builtRepositories,
};
