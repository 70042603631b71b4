import { because, defineResourceType, list, nativeOnly, object } from '../../entries.js';

export const accessanalyzerAnalyzer = defineResourceType({
  type: 'aws_accessanalyzer_analyzer',
  cloudformation: {
    type: 'AWS::AccessAnalyzer::Analyzer',
    ref: 'arn',
    properties: {
      AnalyzerConfiguration: object('configuration', {
        UnusedAccessConfiguration: object('unused_access', {
          UnusedAccessAge: 'unused_access_age',
          AnalysisRule: object('analysis_rule', {
            Exclusions: list('exclusion', {
              AccountIds: 'account_ids',
              ResourceTags: nativeOnly('lists of tags here, maps there'),
            }),
          }),
        }),
      }),
    },
  },
  identity: {
    same: [['analyzer_name', 'id'], ['arn']],
    unique: { analyzer_name: 'region', id: 'region', arn: 'global' },
  },
  terraformOnly: {
    ...because('lists of tags there, maps here', 'configuration.unused_access.analysis_rule.exclusion.resource_tags'),
  },
  live: { status: 'string' },
  views: { tagged: { kind: 'value', from: [{ path: 'tags' }] } },
});
