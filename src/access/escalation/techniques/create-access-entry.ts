import { clusterAdmin, clustersWithEntries } from '../clusters.js';
import type { Technique } from '../technique.js';

/** Become administrator of a cluster, and run pods with their roles. */
export const createAccessEntry: Technique = {
  id: 'X23',
  title: 'Become administrator of a cluster, and run pods with their roles',
  documentation: [
    'Amazon EKS API Reference, "CreateAccessEntry"',
    'Amazon EKS API Reference, "AssociateAccessPolicy"',
    'Amazon EKS User Guide, "Grant IAM users access to Kubernetes with EKS access entries"',
  ],
  gain: 'become',
  needs: [
    { action: 'eks:CreateAccessEntry', on: 'cluster' },
    { action: 'eks:AssociateAccessPolicy', on: 'entry', contexts: clusterAdmin },
  ],
  prerequisite: clustersWithEntries,
};
