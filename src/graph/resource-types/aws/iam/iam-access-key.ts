import { defineResourceType } from '../../entries.js';

export const iamAccessKey = defineResourceType({ type: 'aws_iam_access_key', links: { user: 'aws_iam_user' } });
