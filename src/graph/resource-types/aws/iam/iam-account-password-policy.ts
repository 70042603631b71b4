import { certain, defineResourceType } from '../../entries.js';

/** Folded into `aws_account`: there is one an account. */
export const iamAccountPasswordPolicy = defineResourceType({
  type: 'aws_iam_account_password_policy',
  defaults: Object.fromEntries(
    ['require_lowercase_characters', 'require_numbers', 'require_symbols', 'require_uppercase_characters'].map(
      (name) => [
        name,
        {
          terraform: certain(
            false,
            'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html',
          ),
        },
      ],
    ),
  ),
  nothing: ['hard_expiry', 'max_password_age', 'password_reuse_prevention'],
});
