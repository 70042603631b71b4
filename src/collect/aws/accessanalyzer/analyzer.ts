import type { Collector } from '../collector.js';
import { get, lift, tagsOf } from '../json.js';

/** An analyzer of IAM Access Analyzer; those of the organization are listed in its administrator's account. */
export const analyzer: Collector = {
  type: 'AWS::AccessAnalyzer::Analyzer',
  service: 'accessanalyzer',
  version: 1,
  scope: 'region',
  list: {
    call: 'accessanalyzer:ListAnalyzers',
    permission: 'access-analyzer:ListAnalyzers',
    pages: { input: 'nextToken', output: 'nextToken', limit: ['maxResults', 100] },
    items: 'analyzers.*',
  },
  tells: ['AnalyzerName', 'Tags', 'Type'],
  id: 'name',
  arn: '{arn}',
  unread: ['AnalyzerConfiguration', 'ArchiveRules'],
  sets: ['Tags'],
  project: (item) => ({
    properties: { ...lift(item, { AnalyzerName: 'name', Type: 'type' }), Tags: tagsOf(get(item, 'tags')) },
    live: lift(item, { status: 'status', created_at: 'createdAt' }),
  }),
};
