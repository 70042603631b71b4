import type { Technique } from '../technique.js';
import { addUserToGroup } from './add-user-to-group.js';
import { associateInstanceProfile } from './associate-instance-profile.js';
import { assumeRole } from './assume-role.js';
import { attachGroupPolicy } from './attach-group-policy.js';
import { attachRolePolicy } from './attach-role-policy.js';
import { attachUserPolicy } from './attach-user-policy.js';
import { changeNotebookLifecycle } from './change-notebook-lifecycle.js';
import { createAccessKey } from './create-access-key.js';
import { createAmplifyApp } from './create-amplify-app.js';
import { createAppRunnerService } from './create-app-runner-service.js';
import { createBraketJob } from './create-braket-job.js';
import { createChangeSet } from './create-change-set.js';
import { createCodeInterpreter } from './create-code-interpreter.js';
import { createDataPipeline } from './create-data-pipeline.js';
import { createDevEndpoint } from './create-dev-endpoint.js';
import { createEcsService } from './create-ecs-service.js';
import { createFunctionAndInvoke } from './create-function-and-invoke.js';
import { createFunctionAndMap } from './create-function-and-map.js';
import { createFunctionAndPermit } from './create-function-and-permit.js';
import { createGlueJobAndRun } from './create-glue-job-and-run.js';
import { createGlueJobAndTrigger } from './create-glue-job-and-trigger.js';
import { createGlueSession } from './create-glue-session.js';
import { createImage } from './create-image.js';
import { createLaunchConfiguration } from './create-launch-configuration.js';
import { createLaunchTemplateVersion } from './create-launch-template-version.js';
import { createLoginProfile } from './create-login-profile.js';
import { createNotebookInstance } from './create-notebook-instance.js';
import { createOpenidConnectProvider } from './create-openid-connect-provider.js';
import { createPermissionSet } from './create-permission-set.js';
import { createPolicyVersion } from './create-policy-version.js';
import { createProcessingJob } from './create-processing-job.js';
import { createProject } from './create-project.js';
import { createRoleAlias } from './create-role-alias.js';
import { createRoleAndAttach } from './create-role-and-attach.js';
import { createRoleAndPut } from './create-role-and-put.js';
import { createSchedule } from './create-schedule.js';
import { createStack } from './create-stack.js';
import { createStackSet } from './create-stack-set.js';
import { createStateMachine } from './create-state-machine.js';
import { createTrainingJob } from './create-training-job.js';
import { createUserAndAttach } from './create-user-and-attach.js';
import { createUserAndPut } from './create-user-and-put.js';
import { deleteRolePermissionsBoundary } from './delete-role-permissions-boundary.js';
import { deleteRolePolicy } from './delete-role-policy.js';
import { deleteUserPermissionsBoundary } from './delete-user-permissions-boundary.js';
import { deleteUserPolicy } from './delete-user-policy.js';
import { detachRolePolicy } from './detach-role-policy.js';
import { detachUserPolicy } from './detach-user-policy.js';
import { executeChangeSet } from './execute-change-set.js';
import { executeCommand } from './execute-command.js';
import { invokeCodeInterpreter } from './invoke-code-interpreter.js';
import { modifyInstanceAttribute } from './modify-instance-attribute.js';
import { openDomain } from './open-domain.js';
import { openNotebook } from './open-notebook.js';
import { passRoleToFunction } from './pass-role-to-function.js';
import { passRoleToGlueJob } from './pass-role-to-glue-job.js';
import { passRoleToProject } from './pass-role-to-project.js';
import { passRoleToStateMachine } from './pass-role-to-state-machine.js';
import { putGroupPolicy } from './put-group-policy.js';
import { putPipelineDefinition } from './put-pipeline-definition.js';
import { putRolePermissionsBoundary } from './put-role-permissions-boundary.js';
import { putRolePolicy } from './put-role-policy.js';
import { putUserPermissionsBoundary } from './put-user-permissions-boundary.js';
import { putUserPolicy } from './put-user-policy.js';
import { replaceInstanceProfile } from './replace-instance-profile.js';
import { requestSpotInstances } from './request-spot-instances.js';
import { runInstances } from './run-instances.js';
import { runJobFlow } from './run-job-flow.js';
import { runTask } from './run-task.js';
import { runWorkflow } from './run-workflow.js';
import { sendCommand } from './send-command.js';
import { sendSerialConsoleKey } from './send-serial-console-key.js';
import { sendSshPublicKey } from './send-ssh-public-key.js';
import { setDefaultPolicyVersion } from './set-default-policy-version.js';
import { setIdentityPoolRoles } from './set-identity-pool-roles.js';
import { startAutomation } from './start-automation.js';
import { startBuild } from './start-build.js';
import { startSession } from './start-session.js';
import { startTask } from './start-task.js';
import { submitJob } from './submit-job.js';
import { submitNewJob } from './submit-new-job.js';
import { updateAppRunnerService } from './update-app-runner-service.js';
import { updateAssumeRolePolicy } from './update-assume-role-policy.js';
import { updateDevEndpoint } from './update-dev-endpoint.js';
import { updateFunctionCode } from './update-function-code.js';
import { updateFunctionConfiguration } from './update-function-configuration.js';
import { updateLoginProfile } from './update-login-profile.js';
import { updateProject } from './update-project.js';
import { updateSamlProvider } from './update-saml-provider.js';
import { updateStack } from './update-stack.js';
import { updateStackSet } from './update-stack-set.js';
import { updateStackWithRole } from './update-stack-with-role.js';
import { updateStateMachine } from './update-state-machine.js';

/** By id: a file each. */
export const TECHNIQUES: readonly Technique[] = [
  createPolicyVersion,
  setDefaultPolicyVersion,
  attachUserPolicy,
  attachGroupPolicy,
  attachRolePolicy,
  putUserPolicy,
  putGroupPolicy,
  putRolePolicy,
  addUserToGroup,
  deleteUserPolicy,
  detachUserPolicy,
  deleteRolePolicy,
  detachRolePolicy,
  deleteUserPermissionsBoundary,
  deleteRolePermissionsBoundary,
  putUserPermissionsBoundary,
  putRolePermissionsBoundary,
  createAccessKey,
  createLoginProfile,
  updateLoginProfile,
  updateAssumeRolePolicy,
  assumeRole,
  createOpenidConnectProvider,
  updateSamlProvider,
  createRoleAndAttach,
  createRoleAndPut,
  createUserAndAttach,
  createUserAndPut,
  runInstances,
  associateInstanceProfile,
  replaceInstanceProfile,
  requestSpotInstances,
  createLaunchTemplateVersion,
  createLaunchConfiguration,
  createFunctionAndInvoke,
  createFunctionAndMap,
  createFunctionAndPermit,
  passRoleToFunction,
  createDevEndpoint,
  createGlueJobAndRun,
  createGlueJobAndTrigger,
  passRoleToGlueJob,
  createGlueSession,
  createStack,
  updateStackWithRole,
  createStackSet,
  createChangeSet,
  createProject,
  passRoleToProject,
  createDataPipeline,
  createNotebookInstance,
  createTrainingJob,
  createProcessingJob,
  runTask,
  createEcsService,
  startTask,
  createAppRunnerService,
  createStateMachine,
  passRoleToStateMachine,
  createSchedule,
  startAutomation,
  submitNewJob,
  runJobFlow,
  createImage,
  createCodeInterpreter,
  createAmplifyApp,
  createRoleAlias,
  setIdentityPoolRoles,
  runWorkflow,
  createBraketJob,
  updateFunctionCode,
  updateFunctionConfiguration,
  sendCommand,
  startSession,
  sendSshPublicKey,
  sendSerialConsoleKey,
  modifyInstanceAttribute,
  executeCommand,
  startBuild,
  updateProject,
  updateStack,
  executeChangeSet,
  updateStackSet,
  updateDevEndpoint,
  openNotebook,
  openDomain,
  changeNotebookLifecycle,
  updateStateMachine,
  updateAppRunnerService,
  putPipelineDefinition,
  submitJob,
  invokeCodeInterpreter,
  createPermissionSet,
];
