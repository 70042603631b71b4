import { defineResourceType, jsonDocument } from '../../entries.js';

/** Folded into `aws_ecr_repository`. */
export const ecrLifecyclePolicy = defineResourceType({
  type: 'aws_ecr_lifecycle_policy',
  terraform: {
    attributes: {
      policy: jsonDocument('policy', {
        fields: {
          rules: [
            {
              rulePriority: 'number',
              description: 'string',
              selection: {
                tagStatus: 'string',
                tagPrefixList: ['string'],
                tagPatternList: ['string'],
                countType: 'string',
                countUnit: 'string',
                countNumber: 'number',
              },
              action: { type: 'string' },
            },
          ],
        },
      }),
    },
  },
});
