import { imagesOfTasks } from '../code-places.js';
import type { Technique } from '../technique.js';

/** Move the tag of an image that tasks run. */
export const putImage: Technique = {
  id: 'X38',
  title: 'Move the tag of an image that tasks run',
  documentation: ['Amazon ECR API Reference, "PutImage"', 'Amazon ECS Developer Guide, "Container image resolution"'],
  gain: 'become',
  needs: [
    { action: 'ecr:InitiateLayerUpload', on: 'repository' },
    { action: 'ecr:UploadLayerPart', on: 'repository' },
    { action: 'ecr:CompleteLayerUpload', on: 'repository' },
    { action: 'ecr:PutImage', on: 'repository' },
  ],
  prerequisite: imagesOfTasks,
};
